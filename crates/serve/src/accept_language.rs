//! The header `Accept-Language`.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use pipelint::Locale;

/// The best of the languages in `Accept-Language` (RFC 9110, section 12.5.4) that messages come
/// in, if there is one: the first of those with the greatest weight.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Locale> {
    let mut best: Option<(f32, Locale)> = None;
    for value in headers.get_all(ACCEPT_LANGUAGE) {
        for range in value.to_str().unwrap_or_default().split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let Some(weight) = weight.trim().strip_prefix(['q', 'Q']).and_then(quality) else {
                continue;
            };
            if let Some(locale) = Locale::by_tag(tag.trim())
                && weight > best.map_or(0.0, |(weight, _)| weight)
            {
                best = Some((weight, locale));
            }
        }
    }
    best.map(|(_, locale)| locale)
}

/// A weight such as `=0.8`.
fn quality(weight: &str) -> Option<f32> {
    let weight = weight.strip_prefix('=')?.parse().ok()?;
    (0.0..=1.0).contains(&weight).then_some(weight)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(values: &[&'static str]) -> Option<Locale> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(ACCEPT_LANGUAGE, HeaderValue::from_static(value));
        }
        accepted(&headers)
    }

    #[test]
    fn the_known_language_with_the_greatest_weight_is_taken() {
        for (value, locale) in [
            ("de", Some(Locale::De)),
            ("de-AT", Some(Locale::De)),
            ("DE-CH, en;q=0.5", Some(Locale::De)),
            ("en;q=0.7, de;q=0.8", Some(Locale::De)),
            ("en, de", Some(Locale::En)),
            ("fr, de;q=0.3, en; q=0.2", Some(Locale::De)),
            ("fr", None),
            ("*", None),
            ("de;q=0", None),
            ("en;q=0.2, de;Q=0.3", Some(Locale::De)),
            ("de;q=7, en;q=0.1", Some(Locale::En)),
            ("de;level=1", None),
            ("", None),
            (";;,,=", None),
        ] {
            assert_eq!(of(&[value]), locale, "{value}");
        }
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["en;q=0.1", "de;q=0.2"]), Some(Locale::De));
    }
}
