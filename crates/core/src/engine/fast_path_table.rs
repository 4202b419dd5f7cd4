//! The fast path as a table of numbers, for a reader outside Rust that has values
//! that are not JSON text yet, and accepts them without writing any.
//!
//! Such a reader may be stricter, but never more lenient. What it finds ordinary throughout needs
//! no check.

use super::dispatch;
use crate::contract::{
    Contract, Facts, FastForm as Form, FastPath, Meaning, Object, Part, Property, Schema,
};
use crate::facts::classify;
use crate::values::currency;

/// The number for "none".
const NONE: u32 = u32::MAX;
/// The properties of a table fit into the bits of a small number.
const MOST_PROPERTIES: usize = 30;

/// Writes what the values of an ordinary payload look like. False if no payload of this
/// contract can be told to be ordinary by this table, and then nothing is written.
///
/// The numbers are, one after another:
///
/// 1. how many numbers there are; how many properties; a bit for each that must be there;
/// 2. the facts that a status for open, for won and for lost tells, and that a property tells
///    which is beside the one that it is another name of;
/// 3. from which length on letters without a space between them are not ordinary;
/// 4. the number of pairs of facts that follow. A payload is not ordinary if all facts of a
///    pair's first hold for its values together, and none of its second;
/// 5. for each property eleven, and then for the items of each array eleven as well:
///    the number of its form; 1 if a text must begin with a letter, plus 2 if it may have line
///    breaks, too; the least length and how much longer it may be; the least number and how
///    much greater it may be, both with their low half first; the decimals that it may have, or 1 if a date is allowed without a time;
///    the facts that it notes; the place of the property that this is another name of, or
///    2^32 - 1. Of a property that is an array the last but one is the place of its items.
///
/// The words are lines: for each property its name, and, separated by tabs, the words for
/// open, won and lost if it is a status; the words that stand for no value; and all currency
/// codes.
///
/// Forms are numbered so: 0 none, 1 whole numbers, 2 decimals between 0 and 1, 3 true and
/// false, 4 object, 5 array; strings in ASCII that need no escapes: 6 any, 7 prose, 8 prose
/// that names no stage, 9 text that names no stage, 10 an ID, 11 a UUID of a version, 12 one of
/// three words, 13 a currency code, 14 a date ahead, by ten years at most.
#[must_use]
pub fn write_fast_path(
    contract: &Contract<'_>,
    numbers: &mut Vec<u32>,
    words: &mut String,
) -> bool {
    let Some(object) = contract.root.object else {
        return false;
    };
    if contract.part == Part::Path
        || !contract.root.fast_path.is_object()
        || object.ignore_case
        || object.properties.len() > MOST_PROPERTIES
    {
        return false;
    }
    head(object, numbers);
    let mut items = object.properties.len() as u32;
    for property in object.properties {
        let array = items_of(property).map(|_| items);
        items += u32::from(array.is_some());
        row(property.schema, property.alias_of, array, numbers);
        words.push_str(property.name);
        if let Form::Status = property.schema.fast_path.form
            && let Meaning::Status(states) = property.schema.meaning
        {
            for word in [states.open, states.won, states.lost] {
                words.push('\t');
                words.push_str(word);
            }
        }
        words.push('\n');
    }
    for schema in object.properties.iter().filter_map(items_of) {
        row(schema, None, None, numbers);
    }
    let count = numbers.len() as u32;
    if let Some(first) = numbers.first_mut() {
        *first = count;
    }
    for word in classify::PLACEHOLDER_WORDS {
        words.push_str(word);
        words.push('\t');
    }
    words.push('\n');
    currency::write_tender(words);
    true
}

fn head(object: &Object<'_>, numbers: &mut Vec<u32>) {
    numbers.clear();
    numbers.extend([0, object.properties.len() as u32, object.required as u32]);
    let facts = [Facts::OPEN, Facts::WON, Facts::LOST, Facts::ALIAS];
    numbers.extend(facts.map(told));
    numbers.push(classify::LONG as u32);
    let start = numbers.len();
    numbers.push(0);
    for (when, unless) in dispatch::together_when() {
        numbers.extend([told(when), told(unless)]);
    }
    let pairs = (numbers.len() - start) as u32 / 2;
    if let Some(count) = numbers.get_mut(start) {
        *count = pairs;
    }
}

/// Those of the facts that count for an object, as a small number.
fn told(facts: Facts) -> u32 {
    const WANTED: u64 = dispatch::WANTED_TOGETHER.bits();
    const { assert!(WANTED >> WANTED.trailing_zeros() < 1 << 30) }
    ((facts.bits() & WANTED) >> WANTED.trailing_zeros()) as u32
}

/// What the items of an array must be, if it and they can be ordinary.
fn items_of<'c>(property: &Property<'c>) -> Option<&'c Schema<'c>> {
    let schema = property.schema;
    schema.array.filter(|_| schema.fast_path.is_array())?.items
}

fn row(schema: &Schema<'_>, alias_of: Option<u8>, items: Option<u32>, numbers: &mut Vec<u32>) {
    let FastPath {
        form,
        mut length,
        limits: [least, span, places],
        facts,
        ..
    } = schema.fast_path;
    if let (Form::Array, Some(limits)) = (form, schema.array) {
        length = [limits.min, limits.max.saturating_sub(limits.min)];
    }
    let wants_letter = matches!(form, Form::Name);
    let has_lines = matches!((form, schema.meaning), (Form::Prose, Meaning::FreeText));
    let kind = u32::from(wants_letter) | u32::from(has_lines) << 1;
    let [min, more] = length;
    let own = match form {
        Form::Date => least as u32,
        Form::Array => items.unwrap_or(NONE),
        _ => places as u32,
    };
    numbers.extend([form as u32, kind, min, more]);
    for limit in [least, span] {
        numbers.extend([limit as u32, (limit >> 32) as u32]);
    }
    numbers.extend([own, told(facts), alias_of.map_or(NONE, u32::from)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payloads;

    #[test]
    fn forms_have_the_numbers_that_are_documented() {
        let forms = [
            Form::None,
            Form::Whole,
            Form::Fraction,
            Form::Boolean,
            Form::Object,
            Form::Array,
            Form::Text,
            Form::Prose,
            Form::Name,
            Form::Stage,
            Form::Id,
            Form::Uuid,
            Form::Status,
            Form::Currency,
            Form::Date,
        ];
        for (number, form) in forms.into_iter().enumerate() {
            assert_eq!(form as usize, number, "{form:?}");
        }
    }

    #[test]
    fn the_table_has_a_row_for_each_property_and_each_arrays_items() {
        let (mut numbers, mut words) = (Vec::new(), String::new());
        let contract = &payloads::leadlex::create_deal::REQUEST;
        assert!(write_fast_path(contract, &mut numbers, &mut words));
        assert_eq!(numbers[0] as usize, numbers.len());
        let properties = numbers[1] as usize;
        assert_eq!(numbers[2], 1, "the name alone must be there");
        let pairs = numbers[8] as usize;
        let arrays = 2;
        assert_eq!(numbers.len(), 9 + 2 * pairs + 11 * (properties + arrays));
        let lines: Vec<&str> = words.lines().collect();
        assert_eq!(lines.len(), properties + 2);
        assert!(lines.contains(&"status\tactive\twon\tlost"));
        assert!(lines[properties].starts_with("string\ttodo\t"));
        assert!(lines[properties + 1].contains("EUR"));
    }
}
