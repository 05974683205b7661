//! The only place that asks what day it is; everything inside gets the day as an argument.

use chrono::{Local, NaiveDate};

use crate::error::{Error, Kind, Result};

/// Today in the time zone of this machine.
#[must_use]
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// This moment, as RFC 3339 with the offset of this machine, to the second.
#[must_use]
pub fn now() -> String {
    Local::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// Reads a day written as `YYYY-MM-DD` that is not in the future.
///
/// # Errors
///
/// The text is not such a day.
pub fn past_day(text: &str, today: NaiveDate) -> Result<NaiveDate> {
    let wrong = |what: &str| Error::new(Kind::Usage, what.to_owned()).next("Write the day as YYYY-MM-DD, for example 2026-03-09.");
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| wrong("This is not a day of the calendar."))?;
    if day > today { Err(wrong("This day is still to come.")) } else { Ok(day) }
}

#[cfg(test)]
mod tests {
    use super::past_day;
    use chrono::NaiveDate;

    #[test]
    fn a_day_exists_and_is_not_still_to_come() {
        let Some(today) = NaiveDate::from_ymd_opt(2026, 3, 1) else { return };
        assert!(past_day("2026-03-01", today).is_ok());
        assert!(past_day(" 2024-02-29 ", today).is_ok());
        for bad in ["2026-03-02", "2025-02-29", "01.03.2026", ""] {
            assert!(past_day(bad, today).is_err(), "{bad}");
        }
    }
}
