use super::*;
use proptest::prelude::*;

#[test]
fn past_everywhere() {
    let day = iso_8601("2026-03-01").unwrap();
    let local = iso_8601("2026-03-01T10:00:00").unwrap();
    let at = iso_8601("2026-03-01T10:00:00Z").unwrap();
    let over = |moment: Moment, now| moment.is_over_everywhere(date_time(now).unwrap());
    assert!(!over(day, "2026-03-02T11:59:59.999Z") && over(day, "2026-03-02T12:00:00Z"));
    assert!(!over(local, "2026-03-01T21:59:59Z") && over(local, "2026-03-01T22:00:00Z"));
    assert!(!over(at, "2026-03-01T09:59:59Z") && over(at, "2026-03-01T10:00:00Z"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn never_panics(wild in any::<String>(), near in "[0-9TWZ:.,+ /-]{0,30}", words in "([A-Za-z]{0,4}|[0-9]{1,5}|[ ,./-]){0,8}", seconds: i64, nanos in 0..2_000_000_000_u32) {
        for text in [&wild, &near, &words] {
            let _ = (date_time(text), date(text), iso_8601(text), guess(text));
        }
        let written = write_iso(Instant { seconds, nanos });
        prop_assert!(date_time(&written).is_ok() || nanos >= 1_000_000_000);
    }
}
