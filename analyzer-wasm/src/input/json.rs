//! A pull scanner over JSON text for the hot path, getstats polls; everything else is parsed by serde_json.

/// The text is not valid JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// A value as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value<'a> {
    Number(f64),
    Text(RawText<'a>),
    Bool(bool),
    Null,
    /// An object or an array: not yet read.
    Nested,
}

/// A string's content between its quotes, escapes as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RawText<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) escaped: bool,
}

impl<'a> RawText<'a> {
    /// The decoded text.
    pub(crate) fn decode(self) -> std::borrow::Cow<'a, str> {
        if self.escaped {
            let quoted = [b"\"", self.bytes, b"\""].concat();
            if let Ok(text) = serde_json::from_slice::<String>(&quoted) {
                return text.into();
            }
        }
        String::from_utf8_lossy(self.bytes)
    }
}

/// Reads JSON text from front to back.
#[derive(Debug)]
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next byte that is not white space, not taken.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    /// Takes this byte.
    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    /// Takes the next key of an object whose `{` or previous member was taken; `None` at its `}`.
    pub(crate) fn next_key(&mut self, first: &mut bool) -> Result<Option<RawText<'a>>, Malformed> {
        if self.next_item(b'}', first)? {
            let key = self.text()?;
            self.expect(b':')?;
            Ok(Some(key))
        } else {
            Ok(None)
        }
    }

    /// Whether another item follows in a container that ends with `end`.
    fn next_item(&mut self, end: u8, first: &mut bool) -> Result<bool, Malformed> {
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(false);
        }
        if !std::mem::replace(first, false) {
            self.expect(b',')?;
        }
        Ok(true)
    }

    /// Takes a value; of an object or array nothing is taken yet.
    pub(crate) fn value(&mut self) -> Result<Value<'a>, Malformed> {
        match self.peek().ok_or(Malformed)? {
            b'"' => self.text().map(Value::Text),
            b'{' | b'[' => Ok(Value::Nested),
            b't' => self.word(b"true", Value::Bool(true)),
            b'f' => self.word(b"false", Value::Bool(false)),
            b'n' => self.word(b"null", Value::Null),
            _ => self.number().map(Value::Number),
        }
    }

    /// Skips one value of any kind and returns its text.
    pub(crate) fn skip(&mut self) -> Result<&'a [u8], Malformed> {
        self.peek();
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek().ok_or(Malformed)? {
                b'{' => self.open(&mut open, b'}'),
                b'[' => self.open(&mut open, b']'),
                b'"' => self.text().map(|_| ())?,
                b',' | b':' if !open.is_empty() => self.at += 1,
                byte if open.last() == Some(&byte) => {
                    open.pop();
                    self.at += 1;
                }
                _ => self.value().map(|_| ())?,
            }
            if open.is_empty() {
                return self.bytes.get(start..self.at).ok_or(Malformed);
            }
        }
    }

    fn open(&mut self, open: &mut Vec<u8>, end: u8) {
        open.push(end);
        self.at += 1;
    }

    /// Takes a string.
    pub(crate) fn text(&mut self) -> Result<RawText<'a>, Malformed> {
        self.expect(b'"')?;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).ok_or(Malformed)?;
            let hit = memchr::memchr2(b'"', b'\\', rest).ok_or(Malformed)?;
            self.at += hit + 1;
            if rest.get(hit) == Some(&b'"') {
                let bytes = self.bytes.get(start..self.at - 1).ok_or(Malformed)?;
                return Ok(RawText { bytes, escaped });
            }
            escaped = true;
            self.at += 1;
        }
    }

    fn word(&mut self, word: &[u8], value: Value<'a>) -> Result<Value<'a>, Malformed> {
        let rest = self.bytes.get(self.at..).ok_or(Malformed)?;
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(Malformed)
        }
    }

    /// Takes a number by RFC 8259 §6. Up to 19 digits with a small exponent are exact by one multiplication
    /// (Clinger's fast path); everything else goes through the standard library.
    fn number(&mut self) -> Result<f64, Malformed> {
        let start = self.at;
        let negative = self.take(b'-');
        let mut mantissa: u64 = 0;
        let mut digits = 0_u32;
        let whole = self.digits(&mut mantissa, &mut digits)?;
        if whole > 1 && self.bytes.get(self.at - whole) == Some(&b'0') {
            return Err(Malformed);
        }
        let mut exponent = 0_i32;
        if self.take(b'.') {
            let places = self.digits(&mut mantissa, &mut digits)?;
            exponent = -i32::try_from(places).unwrap_or(i32::MAX);
        }
        let scientific = self.take(b'e') || self.take(b'E');
        if scientific {
            let _sign = self.take(b'-') || self.take(b'+');
            self.digits(&mut 0, &mut 0)?;
        }
        if !scientific && digits <= 19 && mantissa <= 1 << 53 && exponent >= -22 {
            #[expect(clippy::cast_precision_loss, reason = "at most 2^53")]
            let value = mantissa as f64 / power_of_ten(exponent.unsigned_abs());
            return Ok(if negative { -value } else { value });
        }
        let text = self.bytes.get(start..self.at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        text.and_then(|text| text.parse().ok()).filter(|value: &f64| value.is_finite()).ok_or(Malformed)
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self, mantissa: &mut u64, digits: &mut u32) -> Result<usize, Malformed> {
        let start = self.at;
        while let Some(digit) =
            self.bytes.get(self.at).map(|byte| byte.wrapping_sub(b'0')).filter(|d| *d < 10)
        {
            *mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
            *digits += u32::from(*mantissa > 0);
            self.at += 1;
        }
        if self.at > start { Ok(self.at - start) } else { Err(Malformed) }
    }
}

fn power_of_ten(exponent: u32) -> f64 {
    const POWERS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22,
    ];
    POWERS.get(exponent as usize).copied().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What serde_json makes of the text, in the scanner's words.
    fn serde_value(text: &str) -> Option<serde_json::Value> {
        serde_json::from_str(text).ok()
    }

    /// The whole text read by the scanner.
    fn scan(text: &str) -> Result<serde_json::Value, Malformed> {
        fn read(scanner: &mut Scanner<'_>) -> Result<serde_json::Value, Malformed> {
            Ok(match scanner.value()? {
                Value::Number(number) => serde_json::json!(number),
                Value::Text(text) => text.decode().into_owned().into(),
                Value::Bool(value) => value.into(),
                Value::Null => serde_json::Value::Null,
                Value::Nested if scanner.peek() == Some(b'{') => {
                    scanner.expect(b'{')?;
                    let (mut first, mut map) = (true, serde_json::Map::new());
                    while let Some(key) = scanner.next_key(&mut first)? {
                        map.insert(key.decode().into_owned(), read(scanner)?);
                    }
                    map.into()
                }
                Value::Nested => serde_json::from_slice(scanner.skip()?).map_err(|_| Malformed)?,
            })
        }
        let mut scanner = Scanner::new(text.as_bytes());
        let value = read(&mut scanner)?;
        if scanner.peek().is_some() { Err(Malformed) } else { Ok(value) }
    }

    fn as_floats(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Number(number) => serde_json::json!(number.as_f64()),
            serde_json::Value::Array(items) => items.into_iter().map(as_floats).collect(),
            serde_json::Value::Object(map) => {
                map.into_iter().map(|(key, item)| (key, as_floats(item))).collect()
            }
            other => other,
        }
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<f64>().prop_map(|number| serde_json::json!(number)),
            any::<i64>().prop_map(Into::into),
            any::<u32>().prop_map(Into::into),
            (any::<u32>(), 0..12)
                .prop_map(|(number, places)| serde_json::json!(f64::from(number) / 10_f64.powi(places))),
            ".{0,12}".prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec((".{0,8}", inner), 0..6)
                    .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_reads(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            prop_assert_eq!(scan(&text).map(as_floats), serde_value(&text).map(as_floats).ok_or(Malformed));
        }

        #[test]
        fn cut_text_is_malformed_and_never_panics(value in json(), cut in 0_usize..400) {
            let text = serde_json::to_string(&value).unwrap();
            if let Some(part) = text.get(..cut.min(text.len()))
                && serde_value(part).is_none() {
                    prop_assert_eq!(scan(part), Err(Malformed));
                }
        }

        #[test]
        fn any_bytes_never_panic(text in "[\\[\\]{}\",:0-9eE.+\\-a-z\\\\ ]{0,60}") {
            let _ = scan(&text);
            let _ = Scanner::new(text.as_bytes()).skip();
        }
    }

    #[test]
    fn numbers_are_exact() {
        for text in [
            "0",
            "-0",
            "1e3",
            "0.1",
            "1795167631172.854",
            "9114193830700924000",
            "123456789012345678901234",
            "5e-324",
            "2.2250738585072014e-308",
            "0.000000000000000000000001",
        ] {
            assert_eq!(
                scan(text).unwrap().as_f64().unwrap().to_bits(),
                text.parse::<f64>().unwrap().to_bits(),
                "{text}"
            );
        }
        for text in ["01", "-", ".5", "1.", "1e", "+1", "1e999", "--1"] {
            assert_eq!(scan(text), Err(Malformed), "{text}");
        }
    }
}
