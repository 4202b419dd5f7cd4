//! Currency codes of ISO 4217: circulating currencies, other codes, and withdrawn ones.
//!
//! The table is made when the crate is built, from the crate `iso_currency`, corrected against the lists
//! of the ISO 4217 maintenance agency: see `currency/corrections.tsv` and `currency/withdrawn.tsv`.
//! Nothing here allocates.

include!(concat!(env!("OUT_DIR"), "/currency.rs"));

/// The day on which the table was last compared with ISO 4217; `currency/corrections.tsv` names the lists.
pub const AS_OF: &str = "2026-11-21";

/// The standing of a currency code in ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurrencyStatus {
    /// Ordinary money of a country or of a group of countries: `EUR`, `USD`, `XOF`.
    Tender,
    /// A fund code: an index or a unit that contracts use, beside the money of its country (`CLF`, `USN`).
    Fund,
    /// A troy ounce of a precious metal: `XAG`, `XAU`, `XPD`, `XPT`.
    Metal,
    /// The unit of account of an international body: `XDR`, `XSU`, `XUA`.
    UnitOfAccount,
    /// A composite unit of the European bond markets: `XBA` to `XBD`.
    BondUnit,
    /// Reserved for tests: `XTS`.
    Testing,
    /// For a transaction without any currency: `XXX`.
    NoCurrency,
    /// No longer a currency.
    Withdrawn {
        /// When it was withdrawn, as ISO 4217 list three has it: `2023-01`; `1990` for the oldest.
        on: &'static str,
        /// The active code of the same country's money today; empty if there is not exactly one.
        by: &'static str,
    },
}

/// Is this the code of ordinary money, active, in exactly three upper-case letters?
#[must_use]
#[inline]
pub fn is_circulating(code: &str) -> bool {
    is_circulating_bytes(code.as_bytes())
}

/// [`is_circulating`], of bytes that need not be text.
#[inline]
#[must_use]
pub fn is_circulating_bytes(code: &[u8]) -> bool {
    let &[a, b, c] = code else {
        return false;
    };
    let [a, b, c] = [a, b, c].map(|letter| letter.wrapping_sub(b'A'));
    // The first letter is bounded by the table; the other two would reach into a wrong row or bit.
    b < 26
        && c < 26
        && ROWS
            .get(usize::from(a) * 26 + usize::from(b))
            .is_some_and(|row| row >> c & 1 == 1)
}

/// Writes the codes of ordinary money one after the other.
pub fn write_tender(text: &mut String) {
    for (row, codes) in (0u16..).zip(&ROWS) {
        for last in (0..26).filter(|last| codes >> last & 1 == 1) {
            let code = [row / 26, row % 26, last];
            text.extend(code.map(|letter| char::from(b'A' + letter as u8)));
        }
    }
}

/// What ISO 4217 says of a code of exactly three upper-case letters.
///
/// `None`: neither list one (active) nor list three (withdrawn) has it.
#[must_use]
pub fn standing(code: &str) -> Option<CurrencyStatus> {
    standing_of(code.as_bytes().try_into().ok()?)
}

/// [`standing`], of three bytes that need not be text.
pub fn standing_of(code: [u8; 3]) -> Option<CurrencyStatus> {
    if is_circulating_bytes(&code) {
        return Some(CurrencyStatus::Tender);
    }
    if !code.iter().all(u8::is_ascii_uppercase) {
        return None;
    }
    if let Some(group) = record::<4>(SPECIAL, code) {
        return match group {
            "F" => Some(CurrencyStatus::Fund),
            "M" => Some(CurrencyStatus::Metal),
            "U" => Some(CurrencyStatus::UnitOfAccount),
            "B" => Some(CurrencyStatus::BondUnit),
            "T" => Some(CurrencyStatus::Testing),
            _ => Some(CurrencyStatus::NoCurrency),
        };
    }
    let rest = record::<13>(HISTORY, code)?;
    let (on, by) = rest.split_at_checked(7)?;
    Some(CurrencyStatus::Withdrawn {
        on: on.trim_ascii_end(),
        by: by.trim_ascii_end(),
    })
}

/// The digits after the decimal point of an active code: 2 for `EUR`, 0 for `JPY`, 3 for `KWD`.
///
/// `None` where ISO 4217 has no minor unit (metals and the like), for withdrawn codes, whose list does not
/// say it, and for what is not a code.
#[must_use]
pub fn minor_units(code: &str) -> Option<u8> {
    let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
    let [first, second, third] = letters;
    let least = u32::from_be_bytes([first, second, third, 0]);
    let place = DIGITS.partition_point(|entry| *entry < least);
    if let Some(entry) = DIGITS.get(place)
        && entry >> 8 == least >> 8
    {
        let [.., digits] = entry.to_be_bytes();
        return (digits != u8::MAX).then_some(digits);
    }
    let active = is_circulating_bytes(&letters) || record::<4>(SPECIAL, letters).is_some();
    active.then_some(2)
}

/// The active codes of ordinary money, sorted.
pub fn codes() -> impl Iterator<Item = &'static str> {
    records::<3>(TENDER).map(|(code, _)| code)
}

/// Codes of financial markets for the minor unit of a currency, in capitals.
const MINOR_UNITS: [([u8; 3], &str); 5] = [
    (*b"GBX", "GBP"),
    (*b"ZAC", "ZAR"),
    (*b"ILA", "ILS"),
    (*b"ZAX", "ZAR"),
    (*b"ILX", "ILS"),
];

/// The currency whose minor unit financial markets write so: `GBp`, `GBX` and `ZAc`, and any other
/// circulating code whose last letter alone is small.
#[cold]
#[must_use]
pub fn of_minor_unit(letters: [u8; 3]) -> Option<&'static str> {
    let capitals = letters.map(|letter| letter.to_ascii_uppercase());
    if let Some((_, code)) = MINOR_UNITS.iter().find(|(known, _)| *known == capitals) {
        return Some(code);
    }
    let is_last_small = matches!(letters, [b'A'..=b'Z', b'A'..=b'Z', b'a'..=b'z']);
    let is_it = |code: &&str| code.as_bytes() == capitals;
    codes()
        .filter(|_| is_last_small)
        .find(is_it)
        .filter(|code| minor_units(code).is_some_and(|units| units > 0))
}

/// What follows a code in a generated text of records of `N` bytes, which are sorted.
fn record<const N: usize>(text: &'static str, code: [u8; 3]) -> Option<&'static str> {
    let (records, _) = text.as_bytes().as_chunks::<N>();
    let place = records.binary_search_by(|record| match record.first_chunk::<3>() {
        Some(known) => known.cmp(&code),
        None => std::cmp::Ordering::Greater,
    });
    let start = place.ok()? * N;
    text.get(start + 3..start + N)
}

/// The records of `N` bytes in a generated text: a code, and what follows it.
fn records<const N: usize>(
    text: &'static str,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    (0..text.len())
        .step_by(N)
        .filter_map(move |start| text.get(start..start + N)?.split_at_checked(3))
}

/// Signs and names that mean one currency and no other, as people write them in place of a code.
///
/// `$`, `kr` and the yen-or-yuan sign are left out, for they belong to several; the pound sign alone is
/// read as sterling.
const SIGNS_AND_NAMES: [(&str, &str); 39] = [
    ("€", "EUR"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("US$", "USD"),
    ("US DOLLAR", "USD"),
    ("US DOLLARS", "USD"),
    ("£", "GBP"),
    ("STERLING", "GBP"),
    ("POUND STERLING", "GBP"),
    ("POUNDS STERLING", "GBP"),
    ("BRITISH POUND", "GBP"),
    ("A$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("R$", "BRL"),
    ("YEN", "JPY"),
    ("RMB", "CNY"),
    ("SWISS FRANC", "CHF"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("₦", "NGN"),
    ("₱", "PHP"),
    ("₺", "TRY"),
    ("₽", "RUB"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("RM", "MYR"),
    ("฿", "THB"),
    ("Rp", "IDR"),
    ("S$", "SGD"),
    ("AU$", "AUD"),
    ("MX$", "MXN"),
    ("NT$", "TWD"),
    ("₸", "KZT"),
];

/// The code that a sign or a name stands for: `€`, `Euro`, `US$`, `Pound Sterling`.
///
/// ASCII letters of either case are equal, and blanks around the text do not count. Only what can mean one
/// currency alone has an answer.
#[must_use]
pub fn from_sign_or_name(text: &str) -> Option<&'static str> {
    let text = text.trim_ascii();
    SIGNS_AND_NAMES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(text))
        .map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use iso_currency::Currency;

    /// ISO 4217 list one, published 2026-01-01: each active code and the digits of its minor unit
    /// ("-": N.A.). Written out from the list itself, not from `iso_currency`.
    const LIST_ONE: &str = "
        AED2 AFN2 ALL2 AMD2 AOA2 ARS2 AUD2 AWG2 AZN2 BAM2 BBD2 BDT2 BHD3 BIF0 BMD2 BND2 BOB2 BOV2 BRL2
        BSD2 BTN2 BWP2 BYN2 BZD2 CAD2 CDF2 CHE2 CHF2 CHW2 CLF4 CLP0 CNY2 COP2 COU2 CRC2 CUP2 CVE2 CZK2
        DJF0 DKK2 DOP2 DZD2 EGP2 ERN2 ETB2 EUR2 FJD2 FKP2 GBP2 GEL2 GHS2 GIP2 GMD2 GNF0 GTQ2 GYD2 HKD2
        HNL2 HTG2 HUF2 IDR2 ILS2 INR2 IQD3 IRR2 ISK0 JMD2 JOD3 JPY0 KES2 KGS2 KHR2 KMF0 KPW2 KRW0 KWD3
        KYD2 KZT2 LAK2 LBP2 LKR2 LRD2 LSL2 LYD3 MAD2 MDL2 MGA2 MKD2 MMK2 MNT2 MOP2 MRU2 MUR2 MVR2 MWK2
        MXN2 MXV2 MYR2 MZN2 NAD2 NGN2 NIO2 NOK2 NPR2 NZD2 OMR3 PAB2 PEN2 PGK2 PHP2 PKR2 PLN2 PYG0 QAR2
        RON2 RSD2 RUB2 RWF0 SAR2 SBD2 SCR2 SDG2 SEK2 SGD2 SHP2 SLE2 SOS2 SRD2 SSP2 STN2 SVC2 SYP2 SZL2
        THB2 TJS2 TMT2 TND3 TOP2 TRY2 TTD2 TWD2 TZS2 UAH2 UGX0 USD2 USN2 UYI0 UYU2 UYW4 UZS2 VED2 VES2
        VND0 VUV0 WST2 XAD2 XAF0 XAG- XAU- XBA- XBB- XBC- XBD- XCD2 XCG2 XDR- XOF0 XPD- XPF0 XPT- XSU-
        XTS- XUA- XXX- YER2 ZAR2 ZMW2 ZWG2    ";

    /// Every text of three upper-case letters.
    fn every_code() -> impl Iterator<Item = String> {
        let letters = || 'A'..='Z';
        letters()
            .flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])))
            .map(|code| code.iter().collect())
    }

    fn is_active(code: &str) -> bool {
        !matches!(
            standing(code),
            None | Some(CurrencyStatus::Withdrawn { .. })
        )
    }

    #[test]
    fn the_active_codes_are_the_178_of_list_one_with_their_minor_units() {
        let listed: Vec<(String, Option<u8>)> = LIST_ONE
            .split_whitespace()
            .map(|row| (row[..3].to_owned(), row[3..].parse().ok()))
            .collect();
        let ours: Vec<(String, Option<u8>)> = every_code()
            .filter(|code| is_active(code))
            .map(|code| (code.clone(), minor_units(&code)))
            .collect();
        assert_eq!(ours.len(), 178);
        assert_eq!(ours, listed);
    }

    #[test]
    fn the_groups_are_complete() {
        let of = |group: CurrencyStatus| -> Vec<String> {
            every_code()
                .filter(|code| standing(code) == Some(group))
                .collect()
        };
        assert_eq!(of(CurrencyStatus::Tender).len(), 155);
        assert_eq!(
            of(CurrencyStatus::Fund),
            [
                "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD"
            ]
        );
        assert_eq!(of(CurrencyStatus::Metal), ["XAG", "XAU", "XPD", "XPT"]);
        assert_eq!(of(CurrencyStatus::UnitOfAccount), ["XDR", "XSU", "XUA"]);
        assert_eq!(of(CurrencyStatus::BondUnit), ["XBA", "XBB", "XBC", "XBD"]);
        assert_eq!(of(CurrencyStatus::Testing), ["XTS"]);
        assert_eq!(of(CurrencyStatus::NoCurrency), ["XXX"]);
    }

    #[test]
    fn the_list_of_tender_is_sorted_and_agrees_with_the_bit_table() {
        let ours: Vec<&str> = codes().collect();
        assert!(ours.is_sorted());
        assert_eq!(
            ours,
            every_code()
                .filter(|code| is_circulating(code))
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn only_three_upper_case_letters_are_a_code() {
        for text in [
            "", "E", "EU", "eur", "Eur", "eUR", "EUr", " EUR", "EUR ", "EURO", "EU", "€", "E€",
            "12", "123", "A[D", "AE[", "AE\0", "\0\0\0", "@UR", "[AA", "ÿÿÿ", "\u{c5}D", "A\u{c5}",
        ] {
            assert!(!is_circulating(text), "{text:?}");
            assert_eq!(standing(text), None, "{text:?}");
            assert_eq!(minor_units(text), None, "{text:?}");
        }
    }

    /// All texts of three ASCII bytes: nothing but upper-case letters reaches the table.
    #[test]
    fn no_other_bytes_reach_into_the_table() {
        let mut tender = 0;
        for number in 0..128_u32.pow(3) {
            let bytes = [number >> 14, number >> 7 & 127, number & 127].map(|byte| byte as u8);
            let text = std::str::from_utf8(&bytes).unwrap();
            if is_circulating(text) {
                assert!(bytes.iter().all(u8::is_ascii_uppercase), "{text:?}");
                tender += 1;
            }
        }
        assert_eq!(tender, 155);
    }

    #[test]
    fn every_code_of_iso_currency_is_known() {
        let mut count = 0;
        for currency in every_code().filter_map(|code| Currency::from_code(&code)) {
            let code = currency.code();
            assert!(standing(code).is_some(), "{code}");
            if is_active(code) {
                assert_eq!(
                    minor_units(code).map(u16::from),
                    currency.exponent(),
                    "{code}"
                );
            }
            count += 1;
        }
        assert_eq!(count, 183);
    }

    #[test]
    fn what_iso_currency_takes_for_current_is_corrected() {
        for (code, on, by) in [
            ("BGN", "2026-01", "EUR"),
            ("CUC", "2021-06", "CUP"),
            ("HRK", "2023-01", "EUR"),
            ("SLL", "2023-12", "SLE"),
            ("ZWL", "2024-09", "ZWG"),
        ] {
            assert!(Currency::from_code(code).is_some(), "{code}");
            assert_eq!(standing(code), Some(CurrencyStatus::Withdrawn { on, by }));
            assert!(
                !is_circulating(code) && minor_units(code).is_none(),
                "{code}"
            );
        }
        // Not superseded, whatever iso_currency says; and its successor by that account is active too.
        assert!(is_circulating("VES") && is_circulating("VED"));
        assert_eq!(standing("XAD"), Some(CurrencyStatus::Fund));
        assert_eq!(minor_units("XAD"), Some(2));
    }

    #[test]
    fn the_successors_of_what_was_withdrawn_lately_are_tender() {
        for code in [
            "EUR", "CUP", "SLE", "ZWG", "XCG", "BYN", "MRU", "STN", "ZMW",
        ] {
            assert!(is_circulating(code), "{code}");
        }
    }

    #[test]
    fn withdrawn_codes_have_a_date_and_an_ordinary_successor() {
        let mut count = 0;
        for code in every_code() {
            if let Some(CurrencyStatus::Withdrawn { on, by }) = standing(&code) {
                assert!(matches!(on.len(), 4 | 7), "{code} {on}");
                assert!(
                    on.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
                    "{code} {on}"
                );
                assert!(("1979".."2026-11").contains(&on), "{code} {on}");
                assert!(by.is_empty() || is_circulating(by), "{code} {by}");
                count += 1;
            }
        }
        assert_eq!(count, 129);
    }

    #[test]
    fn the_withdrawn_codes_that_people_still_write_are_known() {
        for code in [
            "DEM", "FRF", "ITL", "ESP", "NLG", "BEF", "ATS", "PTE", "FIM", "GRD", "IEP", "LUF",
            "SIT", "MTL", "CYP", "SKK", "EEK", "LVL", "LTL", "HRK", "BGN", "XEU",
        ] {
            assert!(
                matches!(
                    standing(code),
                    Some(CurrencyStatus::Withdrawn { by: "EUR", .. })
                ),
                "{code}"
            );
        }
        for (code, on, by) in [
            ("DEM", "2002-03", "EUR"),
            ("ANG", "2025-03", "XCG"),
            ("VEF", "2018-08", "VES"),
            ("BYR", "2017-01", "BYN"),
            ("ZMK", "2012-12", "ZMW"),
            ("GHC", "2008-01", "GHS"),
            ("MZM", "2006-06", "MZN"),
            ("ROL", "2005-06", "RON"),
            ("TRL", "2005-12", "TRY"),
            ("RUR", "2004-01", "RUB"),
            ("AZM", "2005-12", "AZN"),
            ("SDD", "2007-07", "SDG"),
            ("TMM", "2009-01", "TMT"),
            ("MRO", "2017-12", "MRU"),
            ("STD", "2017-12", "STN"),
            ("PLZ", "1997-01", "PLN"),
            ("ILR", "1990", "ILS"),
            ("YUM", "2003-07", ""),
        ] {
            assert_eq!(
                standing(code),
                Some(CurrencyStatus::Withdrawn { on, by }),
                "{code}"
            );
        }
    }

    #[test]
    fn minor_units_that_are_easily_taken_for_two() {
        for (code, digits) in [
            ("JPY", Some(0)),
            ("ISK", Some(0)),
            ("UGX", Some(0)),
            ("UYI", Some(0)),
            ("VND", Some(0)),
            ("IQD", Some(3)),
            ("KWD", Some(3)),
            ("CLF", Some(4)),
            ("UYW", Some(4)),
            ("MRU", Some(2)),
            ("MGA", Some(2)),
            ("TWD", Some(2)),
            ("EUR", Some(2)),
            ("XAU", None),
            ("XXX", None),
            ("DEM", None),
            ("QQQ", None),
        ] {
            assert_eq!(minor_units(code), digits, "{code}");
        }
    }

    #[test]
    fn signs_and_names_lead_to_tender() {
        for (known, code) in SIGNS_AND_NAMES {
            assert!(is_circulating(code), "{code}");
            assert_eq!(standing(known), None, "{known} is a code of its own");
            assert_eq!(from_sign_or_name(known), Some(code));
        }
        assert_eq!(from_sign_or_name("Euro"), Some("EUR"));
        assert_eq!(from_sign_or_name(" us dollar\n"), Some("USD"));
        for text in ["", "$", "¥", "kr", "Dollar", "EUR", "eur", "Pound"] {
            assert_eq!(from_sign_or_name(text), None, "{text:?}");
        }
    }
}
