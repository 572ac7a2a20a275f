//! Says what was wrong: rules over a frame of samples, their effects put where they belong, worst first.

mod draft;
mod effects;
mod frame;
mod outage;
mod rules;
mod summary;
mod window;
mod words;

pub(crate) use frame::{Flow, Frame, Member, Pair, Path, Poll, State};
pub(crate) use summary::summary;
pub(crate) use words::duration;

use std::collections::BTreeMap;

use crate::report::{Finding, Threshold};
use draft::Draft;
use outage::{Outage, outages};

/// A frame with what every rule needs of it.
#[derive(Debug)]
struct Case<'a> {
    frame: &'a Frame,
    /// By person and path.
    outages: Vec<Vec<Vec<Outage>>>,
}

impl<'a> Case<'a> {
    fn new(frame: &'a Frame) -> Self {
        let of_member = |member: &Member| member.paths.iter().map(outages).collect();
        Self { frame, outages: frame.people.iter().map(of_member).collect() }
    }

    /// Every path of everybody, with its outages.
    fn paths(&self) -> impl Iterator<Item = (usize, &'a Path, &[Outage])> {
        self.frame.people.iter().zip(&self.outages).enumerate().flat_map(|(person, (member, outages))| {
            let with_outages = member.paths.iter().zip(outages);
            with_outages.map(move |(path, outages)| (person, path, outages.as_slice()))
        })
    }

    /// Whether somebody's media went straight to the other person at that time, beside an idle bridge.
    fn talks_directly(&self, person: usize, at_ms: f64) -> bool {
        let paths = self.frame.people.get(person).map(|member| member.paths.as_slice()).unwrap_or_default();
        let mut direct = paths.iter().filter(|path| path.p2p && path.carried_media()).filter_map(Path::span);
        direct.any(|(from_ms, to_ms)| from_ms <= at_ms && at_ms <= to_ms)
    }

    /// Whether any path of somebody carried media around that time.
    fn has_media(&self, person: usize, at_ms: f64) -> bool {
        const AROUND_MS: f64 = 15_000.0;
        let paths = self.frame.people.get(person).map(|member| member.paths.as_slice()).unwrap_or_default();
        paths.iter().any(|path| {
            let around = path.polls.iter().zip(path.arrived());
            around.into_iter().any(|(poll, packets)| packets > 0.0 && (poll.to_ms - at_ms).abs() < AROUND_MS)
        })
    }

    /// When media next reached somebody after that time, on any path; else when they left.
    fn heard_after(&self, person: usize, at_ms: f64) -> f64 {
        let Some(member) = self.frame.people.get(person) else { return at_ms };
        let first = member.paths.iter().filter_map(|path| {
            let arrived = path.polls.iter().zip(path.arrived());
            let mut later = arrived.filter(|(poll, packets)| poll.from_ms >= at_ms && *packets > 0.0);
            later.next().map(|(poll, _)| poll.to_ms)
        });
        first.reduce(f64::min).unwrap_or(member.until_ms).max(at_ms)
    }

    /// Whether a path of somebody was out at the time of a poll, or has just come back: what others miss of them then is
    /// told with the next packets.
    fn is_out(&self, person: usize, poll: &Poll) -> bool {
        let outages = self.outages.get(person).map(Vec::as_slice).unwrap_or_default();
        outages.iter().flatten().any(|outage| outage.covers(poll))
    }

    /// What somebody is called.
    fn label(&self, person: usize) -> &'a str {
        self.frame.people.get(person).map_or("somebody", |member| &member.label)
    }
}

/// The codes that are judged.
pub(crate) fn rules() -> Vec<String> {
    rules::ALL.iter().map(|rule| rule.code.to_owned()).collect()
}

/// From when the rules count that measure what charts show.
pub(crate) fn limits() -> Vec<Threshold> {
    let limits = rules::ALL.iter().filter_map(|rule| Some((rule.code, rule.limits?)));
    limits.map(|(code, (warning, critical))| Threshold { code: code.to_owned(), warning, critical }).collect()
}

/// Everything that was wrong, worst first.
pub(crate) fn judge(frame: &Frame) -> Vec<Finding> {
    let case = Case::new(frame);
    let drafts: Vec<Draft> = rules::ALL.iter().flat_map(|rule| (rule.judge)(&case)).collect();
    let drafts = effects::put_where_they_belong(drafts);
    let mut drafts = rules::video_freeze::join_unexplained(&case, drafts);
    drafts.sort_by(|a, b| {
        let place = |draft: &Draft| (draft.gravity, draft.code, draft.person);
        let longest_first = (b.to_ms - b.from_ms).total_cmp(&(a.to_ms - a.from_ms));
        a.gravity
            .cmp(&b.gravity)
            .then(longest_first)
            .then(a.from_ms.total_cmp(&b.from_ms))
            .then(place(a).cmp(&place(b)))
    });
    let mut numbers: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    let numbered = drafts.into_iter().map(|draft| {
        let number = numbers.entry((draft.code, draft.person)).or_default();
        *number += 1;
        draft.finish(*number, frame)
    });
    numbered.collect()
}
