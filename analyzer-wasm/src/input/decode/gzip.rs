//! Decompresses gzip (RFC 1952): any number of members, with damage located and everything before it kept.
//!
//! The readers of flate2 drop what an inflate call produced before it met damage, so that the output would depend on the
//! chunks. Therefore headers and trailers are read here, and only deflate blocks go through the library.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Decoded, GZIP_MAGIC};
use crate::limits::MAX_GZIP_HEADER_BYTES;
use crate::problems::ProblemKind;

const FLAG_HEADER_CRC: u8 = 1 << 1;
const FLAG_EXTRA: u8 = 1 << 2;
const FLAG_NAME: u8 = 1 << 3;
const FLAG_COMMENT: u8 = 1 << 4;
const FIXED_HEADER_BYTES: usize = 10;
const TRAILER_BYTES: usize = 8;
const METHOD_DEFLATE: u8 = 8;
const OUTPUT_BYTES: usize = 256 << 10;

/// Reads gzip members one after another.
#[derive(Debug)]
pub(super) struct Gunzip {
    state: State,
    inflate: Decompress,
    crc: Crc,
    output: Vec<u8>,
    members: u64,
}

#[derive(Debug)]
enum State {
    Header(Vec<u8>),
    Body,
    Trailer(Vec<u8>),
    /// Nothing more can be read.
    Ended,
}

impl Default for Gunzip {
    fn default() -> Self {
        Self {
            state: State::Header(Vec::new()),
            inflate: Decompress::new(false),
            crc: Crc::new(),
            output: Vec::with_capacity(OUTPUT_BYTES),
            members: 0,
        }
    }
}

impl Gunzip {
    pub(super) fn push(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(Decoded<'_>)) {
        while !bytes.is_empty() {
            bytes = match &mut self.state {
                State::Header(_) => self.read_header(bytes, out),
                State::Body => self.read_body(bytes, out),
                State::Trailer(_) => self.read_trailer(bytes, out),
                State::Ended => return,
            };
        }
    }

    pub(super) fn finish(&mut self, out: &mut dyn FnMut(Decoded<'_>)) {
        match &self.state {
            // Between members, zero padding included.
            State::Header(head) if self.members > 0 && head.iter().all(|byte| *byte == 0) => {}
            State::Header(head)
                if self.members > 0 && !GZIP_MAGIC.starts_with(head.get(..2).unwrap_or(head)) =>
            {
                out(Decoded::Problem(ProblemKind::GzipTrailing));
            }
            State::Header(_) | State::Body | State::Trailer(_) => out(Decoded::Problem(ProblemKind::GzipCut)),
            State::Ended => {}
        }
        self.state = State::Ended;
    }

    fn read_header<'a>(&mut self, bytes: &'a [u8], out: &mut dyn FnMut(Decoded<'_>)) -> &'a [u8] {
        let State::Header(head) = &mut self.state else { return bytes };
        let known = head.len();
        let wanted = bytes.get(..MAX_GZIP_HEADER_BYTES).unwrap_or(bytes);
        head.extend_from_slice(wanted);
        if self.members > 0 && head.len() >= 2 && !head.starts_with(&GZIP_MAGIC) {
            // Tape-style zero padding is legal after the last member; it ends the file silently.
            if head.iter().any(|byte| *byte != 0) {
                out(Decoded::Problem(ProblemKind::GzipTrailing));
                self.state = State::Ended;
            } else {
                head.clear();
            }
            return bytes.get(wanted.len()..).unwrap_or_default();
        }
        match header_len(head) {
            HeaderLen::Known(len) if len <= head.len() && len <= MAX_GZIP_HEADER_BYTES => {
                self.inflate.reset(false);
                self.crc.reset();
                self.state = State::Body;
                bytes.get(len.saturating_sub(known)..).unwrap_or_default()
            }
            HeaderLen::Wrong => self.fail(ProblemKind::GzipDamaged, out),
            HeaderLen::Known(_) | HeaderLen::NeedsMore if head.len() >= MAX_GZIP_HEADER_BYTES => {
                self.fail(ProblemKind::GzipDamaged, out)
            }
            HeaderLen::Known(_) | HeaderLen::NeedsMore => bytes.get(wanted.len()..).unwrap_or_default(),
        }
    }

    fn read_body<'a>(&mut self, bytes: &'a [u8], out: &mut dyn FnMut(Decoded<'_>)) -> &'a [u8] {
        let mut rest = bytes;
        loop {
            self.output.clear();
            let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress_vec(rest, &mut self.output, FlushDecompress::None);
            // Even when it met damage, the vector holds what was inflated before it.
            let taken = usize::try_from(self.inflate.total_in() - before_in).unwrap_or(usize::MAX);
            let made = self.inflate.total_out() - before_out;
            if !self.output.is_empty() {
                self.crc.update(&self.output);
                out(Decoded::Text(&self.output));
            }
            rest = rest.get(taken..).unwrap_or_default();
            match status {
                Ok(Status::StreamEnd) => {
                    self.state = State::Trailer(Vec::with_capacity(TRAILER_BYTES));
                    return rest;
                }
                Ok(_) if taken == 0 && made == 0 => return &[],
                Ok(_) if rest.is_empty() && self.output.len() < self.output.capacity() => return rest,
                Ok(_) => {}
                Err(_) => return self.fail(ProblemKind::GzipDamaged, out),
            }
        }
    }

    fn read_trailer<'a>(&mut self, bytes: &'a [u8], out: &mut dyn FnMut(Decoded<'_>)) -> &'a [u8] {
        let State::Trailer(trailer) = &mut self.state else { return bytes };
        let missing = TRAILER_BYTES - trailer.len();
        let (part, rest) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
        trailer.extend_from_slice(part);
        if let Ok([a, b, c, d, e, f, g, h]) = <[u8; TRAILER_BYTES]>::try_from(trailer.as_slice()) {
            let sum_fits = u32::from_le_bytes([a, b, c, d]) == self.crc.sum();
            let size_fits = u32::from_le_bytes([e, f, g, h]) == self.crc.amount();
            if !(sum_fits && size_fits) {
                out(Decoded::Problem(ProblemKind::GzipChecksum));
            }
            self.members += 1;
            self.state = State::Header(Vec::new());
        }
        rest
    }

    fn fail(&mut self, problem: ProblemKind, out: &mut dyn FnMut(Decoded<'_>)) -> &'static [u8] {
        out(Decoded::Problem(problem));
        self.state = State::Ended;
        &[]
    }
}

enum HeaderLen {
    Known(usize),
    NeedsMore,
    Wrong,
}

/// The length of the member header at the start of `head`, if its end can be seen.
fn header_len(head: &[u8]) -> HeaderLen {
    let &[magic_a, magic_b, method, flags, ..] = head else { return HeaderLen::NeedsMore };
    if [magic_a, magic_b] != GZIP_MAGIC || method != METHOD_DEFLATE {
        return HeaderLen::Wrong;
    }
    let mut len = FIXED_HEADER_BYTES;
    if flags & FLAG_EXTRA != 0 {
        let Some(&[low, high]) = head.get(len..len + 2) else { return HeaderLen::NeedsMore };
        len += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            let end = head.get(len..).and_then(|rest| memchr::memchr(0, rest));
            let Some(end) = end else { return HeaderLen::NeedsMore };
            len += end + 1;
        }
    }
    if flags & FLAG_HEADER_CRC != 0 {
        len += 2;
    }
    HeaderLen::Known(len)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, GzBuilder};

    use super::*;

    fn member(text: &[u8]) -> Vec<u8> {
        let mut writer =
            GzBuilder::new().filename("dump").comment("c").extra("xy").write(Vec::new(), Compression::best());
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    }

    fn text(count: usize) -> Vec<u8> {
        (0..count)
            .flat_map(|number| format!("line {} of {}\n", number * 7919 % 104_729, number).into_bytes())
            .collect()
    }

    fn gunzip(bytes: &[u8], chunk: usize) -> (Vec<u8>, Vec<ProblemKind>) {
        let (mut text, mut problems) = (Vec::new(), Vec::new());
        let mut gunzip = Gunzip::default();
        let mut out = |decoded: Decoded<'_>| match decoded {
            Decoded::Text(part) => text.extend_from_slice(part),
            Decoded::Problem(problem) => problems.push(problem),
        };
        for part in bytes.chunks(chunk) {
            gunzip.push(part, &mut out);
        }
        gunzip.finish(&mut out);
        (text, problems)
    }

    #[test]
    fn members_follow_one_another_in_any_chunking() {
        let bytes = [member(&text(3_000)), member(b"second\n"), vec![0; 512]].concat();
        let expect = [text(3_000), b"second\n".to_vec()].concat();
        for chunk in [1, 7, 4096, bytes.len()] {
            assert_eq!(gunzip(&bytes, chunk), (expect.clone(), vec![]), "chunks of {chunk}");
        }
    }

    #[test]
    fn a_cut_keeps_everything_before_it() {
        let bytes = member(&text(50_000));
        let cut = &bytes[..bytes.len() / 2];
        let (out, problems) = gunzip(cut, cut.len());
        assert_eq!(problems, [ProblemKind::GzipCut]);
        assert!(out.len() > 100_000 && text(50_000).starts_with(&out));
        for chunk in [1, 7, 4096] {
            assert_eq!(gunzip(cut, chunk), (out.clone(), problems.clone()), "chunks of {chunk}");
        }
    }

    #[test]
    fn damage_ends_at_the_same_byte_in_any_chunking() {
        let mut bytes = member(&text(50_000));
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(0xff);
        let (out, problems) = gunzip(&bytes, bytes.len());
        assert!(!problems.is_empty());
        for chunk in [1, 7, 4096] {
            assert_eq!(gunzip(&bytes, chunk), (out.clone(), problems.clone()), "chunks of {chunk}");
        }
    }

    #[test]
    fn what_follows_that_is_not_gzip_is_named() {
        let bytes = [member(b"a\n"), b"junk".to_vec()].concat();
        for chunk in [1, bytes.len()] {
            assert_eq!(gunzip(&bytes, chunk), (b"a\n".to_vec(), vec![ProblemKind::GzipTrailing]));
        }
    }

    #[test]
    fn a_wrong_checksum_is_named_and_the_text_kept() {
        let mut bytes = member(b"a\n");
        let crc = bytes.len() - TRAILER_BYTES;
        bytes[crc] ^= 1;
        assert_eq!(gunzip(&bytes, 3), (b"a\n".to_vec(), vec![ProblemKind::GzipChecksum]));
    }
}
