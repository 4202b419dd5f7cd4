//! The tables say what the schemas say.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test"
)]

use everything::acme::{create_deal, move_};
use pipelint::contract::{
    Additional, Bound, Credential, DateForm, Form, Format, Literal, Meaning, Money, Part, Types,
    Unit,
};

fn bound(
    text: &'static str,
    negative: bool,
    coefficient: u64,
    exponent: i16,
    exclusive: bool,
) -> Bound<'static> {
    Bound {
        text,
        negative,
        coefficient,
        exponent,
        exclusive,
    }
}

#[test]
fn every_keyword_and_every_meaning_is_in_the_tables() {
    let ids: Vec<&str> = everything::ALL.iter().map(|one| one.id).collect();
    assert_eq!(
        ids,
        [
            "acme/create-deal/request",
            "acme/create-deal/headers",
            "acme/move/path"
        ]
    );
    assert_eq!(move_::PATH.operation, "acme/move");
    assert_eq!(move_::PATH.root.types, Types::ANY);
    assert_eq!(
        (
            create_deal::HEADERS.part == Part::Headers,
            create_deal::HEADERS.system
        ),
        (true, "Acme [Inc]")
    );
    let headers = create_deal::HEADERS.root.object.unwrap();
    assert!(headers.ignore_case && headers.additional == Additional::Allowed);
    assert!(matches!(
        headers.properties[0].schema.meaning,
        Meaning::Credential(Credential {
            scheme: "Bearer",
            prefix: "wbk_"
        })
    ));

    let root = create_deal::REQUEST.root;
    assert_eq!(
        (root.types, root.title, root.source),
        (Types::OBJECT, "A \"deal\"", "create")
    );
    assert!(matches!(root.meaning, Meaning::Record("deal")));
    let object = root.object.unwrap();
    assert!(!object.ignore_case && object.additional == Additional::Refused);
    let place = |name: &str| {
        object
            .properties
            .iter()
            .position(|one| one.name == name)
            .unwrap()
    };
    let get = |name: &str| &object.properties[place(name)];
    assert_eq!(
        object.required,
        1 << place("name") | 1 << place("status") | 1 << place("last")
    );
    assert_eq!(
        object.index.find(b"closed").map(usize::from),
        Some(place("closed"))
    );

    let name = get("name").schema.text.unwrap();
    assert_eq!((name.min, name.max, &name.format), (1, 255, &None));
    assert_eq!(get("text").schema.types, Types::STRING.or(Types::NULL));
    assert_eq!(get("text").schema.default, "null");
    assert_eq!(get("status").schema.default, "\"open\"");
    assert_eq!(get("status").schema.words[2], Literal::String("lost"));
    assert!(
        matches!(get("choice").schema.meaning, Meaning::Choice(known) if known[1] == "cold \" \\ ," && known.len() == 5)
    );
    assert!(matches!(
        get("any choice").schema.meaning,
        Meaning::Choice([])
    ));
    assert_eq!(get("percent").schema.types, Types::INTEGER);
    assert_eq!(
        get("percent").schema.number.unwrap().maximum,
        Some(bound("100", false, 1, 2, false))
    );
    let fraction = get("fraction").schema;
    assert_eq!(fraction.types, Types::NUMBER);
    let limits = fraction.number.unwrap();
    assert_eq!(limits.minimum, Some(bound("-0.5", true, 5, -1, true)));
    assert_eq!(limits.maximum, Some(bound("1.0e0", false, 1, 0, true)));
    assert_eq!(
        limits.multiple_of,
        Some(bound("0.0001", false, 1, -4, false))
    );
    let Meaning::Money(money) = &get("value").schema.meaning else {
        panic!()
    };
    assert_eq!(money.currency_in.map(usize::from), Some(place("currency")));
    assert!(money.disputed && matches!(money.unit, Unit::Minor));
    assert!(matches!(
        get("fee").schema.meaning,
        Meaning::Money(Money {
            currency_in: None,
            currency_is: "USD",
            ..
        })
    ));
    assert!(matches!(
        get("closes").schema.meaning,
        Meaning::CloseDate(DateForm {
            form: Form::DateTime,
            future: true
        })
    ));
    assert_eq!(get("made").schema.text.unwrap().format, Some(Format::Date));
    assert_eq!(
        get("contact_id").alias_of.map(usize::from),
        Some(place("main_contact_id"))
    );
    assert_eq!(get("main_contact_id").alias_of, None);
    assert_eq!(
        (
            get("contact_id").schema.types,
            get("contact_id").schema.source
        ),
        (Types::STRING, "ids")
    );
    let team = get("team").schema.array.unwrap();
    assert_eq!(
        (team.min, team.max, team.unique, team.items.unwrap().types),
        (1, 9, true, Types::STRING)
    );
    assert!(get("tags").schema.array.is_none());
    assert_eq!(
        get("words").schema.words,
        [
            Literal::Null,
            Literal::Boolean(true),
            Literal::Boolean(false),
            Literal::Number(bound("-1.50", true, 15, -1, false)),
            Literal::String("é\n\0"),
        ]
    );
    assert_eq!(get("one").schema.words, [Literal::String("one")]);
    assert!(get("open").schema.object.unwrap().additional == Additional::Allowed);
    let closed = get("closed").schema.object.unwrap();
    assert!(closed.additional == Additional::Refused && closed.properties.is_empty());
    assert!(get("free").schema.object.is_none());
    // A schema that refers to itself, and one that refines it beside the reference.
    let person = get("person").schema;
    let [boss, deputy, friends] = person.object.unwrap().properties else {
        panic!()
    };
    assert!(std::ptr::eq(boss.schema, person));
    assert!(std::ptr::eq(
        friends.schema.array.unwrap().items.unwrap(),
        person
    ));
    assert_eq!((deputy.schema.title, person.title), ("Deputy", "Person"));
    assert!(std::ptr::eq(
        deputy.schema.object.unwrap(),
        person.object.unwrap()
    ));
    assert!(person.object.unwrap().additional == Additional::Advised);
}
