//! Arithmetic as JavaScript does it in the server: sums from the left, rounding through decimal text.

/// `String(number)`: the shortest digits that parse to the same double, with an exponent only for very small and very
/// large numbers.
pub(super) fn text_of(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let shortest = format!("{:e}", number.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let digits = mantissa.replace('.', "");
    // How many of the digits stand before the point.
    let point: isize = exponent.parse::<isize>().unwrap_or_default() + 1;
    let count = isize::try_from(digits.len()).unwrap_or(isize::MAX);
    let zeros = |count: isize| "0".repeat(usize::try_from(count).unwrap_or_default());
    let split = |at: isize| digits.split_at_checked(usize::try_from(at).unwrap_or_default());
    let text = match point {
        _ if count <= point && point <= 21 => format!("{digits}{}", zeros(point - count)),
        1..=21 => split(point).map_or_else(String::new, |(whole, part)| format!("{whole}.{part}")),
        -5..=0 => format!("0.{}{digits}", zeros(-point)),
        _ => {
            let (first, rest) = split(1).unwrap_or((&digits, ""));
            let dot = if rest.is_empty() { "" } else { "." };
            let sign = if point > 0 { "+" } else { "" };
            format!("{first}{dot}{rest}e{sign}{}", point - 1)
        }
    };
    format!("{sign}{text}")
}

/// `Number(text)`.
pub(super) fn number_of(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            #[expect(clippy::cast_precision_loss, reason = "as JavaScript reads it")]
            return u64::from_str_radix(digits, radix).map_or(f64::NAN, |number| number as f64);
        }
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        // Rust also reads the words for infinity and NaN.
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

/// `Math.round(number)`: half goes towards positive infinity.
fn round_half_up(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor >= 0.5 { floor + 1.0 } else { floor }
}

/// Rounds to two decimal places by appending an exponent to the text of the number. Where JavaScript prints an exponent
/// itself, the result is NaN: for numbers below 0.000001 but 0.
pub(super) fn round2(number: f64) -> f64 {
    let hundredfold = number_of(&format!("{}e2", text_of(number)));
    number_of(&format!("{}e-2", text_of(round_half_up(hundredfold))))
}

/// The mean as the sum of `value / count`, which differs in the last digit from the sum divided by the count; 0 without
/// values.
#[expect(clippy::cast_precision_loss, reason = "there are not 2^53 of them")]
pub(super) fn mean(series: &[f64]) -> f64 {
    let count = series.len() as f64;
    series.iter().fold(0.0, |mean, value| mean + value / count)
}

/// A share in percent with two decimal places; 0 where the server has no value or NaN.
pub(super) fn percent(part: f64, whole: f64) -> f64 {
    let percent = if whole == 0.0 || whole.is_nan() { f64::NAN } else { round2(part / whole * 100.0) };
    if percent.is_nan() { 0.0 } else { percent }
}

/// Lost packets in percent; 0 unless some but not all of the packets were lost.
pub(super) fn loss_percent(lost: f64, packets: f64) -> f64 {
    if packets != 0.0 && lost > 0.0 && lost < packets { percent(lost, packets) } else { 0.0 }
}

/// The variance of the differences between neighbouring values.
#[expect(clippy::cast_precision_loss, reason = "there are not 2^53 of them")]
pub(super) fn step_variance(series: &[f64]) -> f64 {
    let steps =
        || series.windows(2).map(|pair| if let [before, after] = pair { after - before } else { 0.0 });
    let count = series.len().saturating_sub(1).max(1) as f64;
    let mean = steps().fold(0.0, |sum, step| sum + step) / count;
    steps().fold(0.0, |sum, step| sum + (step - mean) * (step - mean)) / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_javascript() {
        for (number, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "0"),
            (100.0, "100"),
            (1_652_352_434_116.0, "1652352434116"),
            (-1.5, "-1.5"),
            (0.000_001, "0.000001"),
            (0.000_000_15, "1.5e-7"),
            (1e20, "100000000000000000000"),
            (1.5e21, "1.5e+21"),
            (1e21, "1e+21"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(text_of(number), text);
        }
    }

    #[test]
    fn text_reads_as_in_javascript() {
        for (text, number) in
            [("", 0.0), (" 12 ", 12.0), ("-1.5e2", -150.0), ("0x10", 16.0), (".5", 0.5), ("5.", 5.0)]
        {
            assert_eq!(number_of(text), number, "{text:?}");
        }
        for text in ["a", "1a", "inf", "nan", "NaN", "1e5e2", "infinity", "1 2", "e5", "--1"] {
            assert!(number_of(text).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn rounding_goes_through_text() {
        for (number, rounded) in [
            (1.005, 1.01),
            (0.045, 0.05),
            (-1.005, -1.0),
            (-1.006, -1.01),
            (720.0, 720.0),
            (17.499_999_999_999_996, 17.5),
            (0.000_001, 0.0),
        ] {
            assert_eq!(round2(number), rounded, "{number}");
        }
        assert!(round2(5e-7).is_nan() && round2(1e21).is_nan() && round2(f64::NAN).is_nan());
    }

    #[test]
    fn means_are_sums_of_shares() {
        assert_eq!(mean(&[]), 0.0);
        assert_eq!(mean(&[1.1, 2.2, 3.3]), 2.2);
        assert_eq!((1.1 + 2.2 + 3.3) / 3.0, 2.199_999_999_999_999_7, "the sum divided by the count differs");
    }

    #[test]
    fn shares_have_their_guards() {
        assert_eq!((percent(1.0, 3.0), percent(1.0, 0.0), percent(f64::NAN, 1.0)), (33.33, 0.0, 0.0));
        assert_eq!(
            (loss_percent(1.0, 8.0), loss_percent(8.0, 8.0), loss_percent(-1.0, 8.0)),
            (12.5, 0.0, 0.0)
        );
        // So few that the share is printed with an exponent.
        assert_eq!(loss_percent(1.0, 1e9), 0.0);
    }

    #[test]
    fn the_variance_is_that_of_the_steps() {
        assert_eq!((step_variance(&[]), step_variance(&[7.0])), (0.0, 0.0));
        assert_eq!(step_variance(&[0.0, 2.0, 2.0]), 1.0);
    }
}
