//! The same dump gives the same result for every chunking of its bytes.

use analyzer_wasm::extract::Extract;
use analyzer_wasm::query::ReportJson;
use analyzer_wasm::wire::Query;
use e2e::driver;

use crate::support::{bytes_in, gzip, recorded, recorded_text};

#[test]
fn any_chunk_size_gives_the_same_extract() {
    for name in ["alice.jitsi.ndjson.gz", "bob.jitsi.ndjson.gz"] {
        let bytes = recorded(name);
        let whole = bytes_in(name, &bytes, usize::MAX);
        assert!(whole.is_ok());
        for chunk in [1, 7, 4096] {
            assert!(bytes_in(name, &bytes, chunk) == whole, "{name} in chunks of {chunk}");
        }
    }
}

/// The extract without the file's size in bytes.
fn content(mut extract: Extract) -> Vec<u8> {
    extract.file.bytes = 0;
    extract.file.text_bytes = 0;
    extract.to_bytes()
}

#[test]
fn plain_gzip_members_and_line_ends_do_not_matter() {
    let text = recorded_text("alice.jitsi.ndjson.gz");
    let plain = content(driver::extract_in("dump", &text, usize::MAX).unwrap());
    let (head, tail) = text.split_at(text.len() / 3);
    let members = [gzip(head), gzip(tail)].concat();
    let with_bom = [b"\xef\xbb\xbf".to_vec(), text.clone()].concat();
    for (what, bytes) in [("gzip", gzip(&text)), ("two members", members)] {
        for chunk in [1, 7, 4096, usize::MAX] {
            let got = content(driver::extract_in("dump", &bytes, chunk).unwrap());
            assert!(got == plain, "{what} in chunks of {chunk}");
        }
    }
    let crlf = String::from_utf8(text).unwrap().replace('\n', "\r\n").into_bytes();
    for (what, bytes) in [("CRLF", crlf), ("BOM", with_bom)] {
        let got = content(driver::extract_in("dump", &bytes, 4096).unwrap());
        assert!(got == plain, "{what}");
    }
}

#[test]
fn any_order_of_files_gives_the_same_report() {
    let extracts = ["alice.jitsi.ndjson.gz", "bob.jitsi.ndjson.gz"]
        .map(|name| driver::extract_in(name, &recorded(name), 4096).unwrap());
    let json = |order: [usize; 2]| {
        ReportJson.answer(&driver::conclude(order.map(|index| extracts[index].clone()))).text
    };
    assert_eq!(json([0, 1]), json([1, 0]));
}

#[test]
fn an_extract_survives_the_way_between_workers() {
    let extract = driver::extract_in("a", &recorded("bob.jitsi.ndjson.gz"), 4096).unwrap();
    let bytes = extract.to_bytes();
    let back = Extract::from_bytes(&bytes).unwrap();
    assert_eq!(back.to_bytes(), bytes);
    assert!(Extract::from_bytes(&bytes[..bytes.len() / 2]).is_err());
    assert!(Extract::from_bytes(&[9, 9, 9]).is_err());
}
