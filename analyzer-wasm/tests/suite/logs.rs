//! Console lines: parsed, kept and searched in every dump of a call.

use analyzer_wasm::query::LogSearch;
use analyzer_wasm::report::{LogLevel, LogPage, LogQuery, LogRow};
use analyzer_wasm::wire::Query;
use analyzer_wasm::workspace::Workspace;
use e2e::driver;
use e2e::dump::{Dump, START};
use proptest::prelude::*;

use crate::server_dump::server_identity;
use crate::support::{problems, report};

/// All answers, by pages of that many.
fn rows(calls: &Workspace, query: &LogQuery, limit: u32) -> Vec<LogRow> {
    let mut query = LogQuery { limit, ..query.clone() };
    let mut rows = Vec::new();
    loop {
        let LogPage { rows: page, next, totals } =
            LogSearch { conference: 0, filter: query.clone() }.answer(calls);
        assert_eq!(totals.is_some(), query.after.is_none(), "totals come with the first page");
        assert!(page.len() <= limit as usize);
        rows.extend(page);
        match next {
            Some(next) => query.after = Some(next),
            None => return rows,
        }
    }
}

fn calls(dumps: &[(&str, &Dump)]) -> Workspace {
    let calls = driver::workspace(dumps.iter().map(|(name, dump)| (*name, dump.bytes()))).unwrap();
    assert_eq!(calls.reports().len(), 1);
    calls
}

/// `logs` entries, and where each line stands.
fn logged(dump: &mut Dump, lines: &[&str], after_ms: u64) {
    let items: Vec<_> = lines.iter().map(|text| serde_json::json!({"text": text, "count": 1})).collect();
    dump.entry("logs", serde_json::to_string(&items).unwrap(), after_ms);
}

#[test]
fn a_line_has_its_own_time_level_component_and_function() {
    let mut dump = Dump::new();
    dump.entry(
        "logs",
        r#"[{"text":"2023-11-14T22:13:21.500Z [DEBUG] [videosipgw:VideoSIPGW] <new qu>: made","count":3},"bare",{"count":1},7]"#,
        5_000,
    );
    let calls = calls(&[("a", &dump)]);
    let rows = rows(&calls, &LogQuery::default(), 10);
    let [own, bare] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(own.at_ms, (START + 1_500) as f64, "not that of the entry");
    assert_eq!((own.level, own.level_stated), (LogLevel::Debug, true));
    assert_eq!((own.component.as_deref(), own.class.as_deref()), (Some("videosipgw"), Some("VideoSIPGW")));
    assert_eq!((own.function.as_deref(), own.message.as_str()), (Some("new qu"), "made"));
    assert_eq!((own.count, own.file.as_str(), own.line), (3, "a", 3));
    assert_eq!(own.participant.as_deref(), Some("abcd1234"));
    assert_eq!((bare.at_ms, bare.level), ((START + 5_000) as f64, LogLevel::Unknown));
    let [summary] = calls.reports()[0].logs.as_slice() else { panic!() };
    assert_eq!((summary.levels.debug, summary.levels.unknown, summary.levels.total()), (3, 1, 4));
}

#[test]
fn servers_lines_are_in_their_own_zone() {
    // 23:13:20 is two hours ahead of the entry's 21:13:25 less the 5 s that it waited.
    let logs = r#"["logs",null,[{"text":"Jicofo 2023-11-15 00:13:20.250 WARNING: [7] [room=r@x] Room.join#1: late","count":1}],1700000005000]"#;
    let text = serde_json::to_string(logs).unwrap();
    let mut dump = Dump::empty();
    dump.line(&server_identity("Jicofo", "focus-1"))
        .line(&format!(r#"{{"statsSessionId":"j","type":"stats-entry","data":{text}}}"#));
    let calls = calls(&[("j", &dump), ("a", &Dump::of("aaaa0001"))]);
    let rows =
        rows(&calls, &LogQuery { participants: vec!["focus-1".to_owned()], ..LogQuery::default() }, 10);
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(
        (row.server.as_deref(), &row.participant, row.level),
        (Some("focus-1"), &None, LogLevel::Warn)
    );
    assert_eq!((row.component.as_deref(), row.function.as_deref()), (Some("Room"), Some("join")));
    assert_eq!(row.at_ms, 1_700_000_000_250.0);
}

#[test]
fn facets_ignore_their_own_restriction() {
    let (mut ada, mut bob) = (Dump::of("aaaa0001"), Dump::of("bbbb0001"));
    logged(&mut ada, &["[WARN] [ice] one", "[ERROR] [ice] two", "[ERROR] [xmpp] three"], 1_000);
    logged(&mut bob, &["[WARN] [ice] four", "[INFO] [app] five"], 2_000);
    let calls = calls(&[("a", &ada), ("b", &bob)]);
    let all =
        LogSearch { conference: 0, filter: LogQuery { limit: 0, ..LogQuery::default() } }.answer(&calls);
    assert!(all.rows.is_empty() && all.next.is_none(), "only the totals were wanted");
    let counts = |page: &LogPage| {
        let totals = page.totals.clone().unwrap();
        assert!(totals.exact);
        let named = |counts: Vec<analyzer_wasm::report::LogCount>| -> Vec<String> {
            counts.into_iter().map(|count| format!("{} {}", count.lines, count.name)).collect()
        };
        let levels = (totals.levels.info, totals.levels.warn, totals.levels.error);
        (totals.lines, levels, named(totals.components).join(", "), named(totals.participants).join(", "))
    };
    assert_eq!(
        counts(&all),
        (5, (1, 2, 2), "3 ice, 1 app, 1 xmpp".to_owned(), "3 aaaa0001, 2 bbbb0001".to_owned())
    );
    let query = LogQuery {
        levels: vec![LogLevel::Warn],
        components: vec!["ice".to_owned()],
        participants: vec!["aaaa0001".to_owned()],
        limit: 5,
        ..LogQuery::default()
    };
    let page = LogSearch { conference: 0, filter: query.clone() }.answer(&calls);
    assert_eq!(page.rows.iter().map(|row| row.message.as_str()).collect::<Vec<_>>(), ["one"]);
    assert_eq!(counts(&page), (1, (0, 1, 1), "1 ice".to_owned(), "1 aaaa0001, 1 bbbb0001".to_owned()));
    assert_eq!(
        LogSearch { conference: 9, filter: query.clone() }.answer(&calls),
        LogPage::default(),
        "no such conference"
    );
}

#[test]
fn components_are_bounded_and_lines_beyond_are_kept() {
    let mut dump = Dump::of("aaaa0001");
    let names: Vec<String> = (0..1_030).map(|number| format!("[INFO] [c{number}] x")).collect();
    logged(&mut dump, &names.iter().map(String::as_str).collect::<Vec<_>>(), 1_000);
    assert_eq!(problems(dump.bytes()), [("over-limit".to_owned(), 6, Some(2))]);
    let calls = calls(&[("a", &dump)]);
    assert_eq!(rows(&calls, &LogQuery::default(), 100).len(), 1_030);
    assert_eq!(report(dump.bytes()).logs[0].levels.info, 1_030);
}

#[test]
fn long_logs_are_searched_block_by_block() {
    let levels = ["DEBUG", "INFO", "WARN"];
    let mut dumps = [Dump::of("aaaa0001"), Dump::of("bbbb0001"), Dump::of("cccc0001")];
    for (dump_index, dump) in dumps.iter_mut().enumerate() {
        for batch in 0..60_u64 {
            // Errors come late, so that early blocks have none.
            let level = if batch > 50 { "ERROR" } else { levels[(batch as usize + dump_index) % 3] };
            let lines: Vec<String> = (0..100)
                .map(|line| format!("[{level}] [c{}:X] <f>: {} {:0>80}", batch % 4, batch * 100 + line, line))
                .collect();
            logged(
                dump,
                &lines.iter().map(String::as_str).collect::<Vec<_>>(),
                batch * 1_000 + dump_index as u64,
            );
        }
    }
    let calls = calls(&[("a", &dumps[0]), ("b", &dumps[1]), ("c", &dumps[2])]);
    let all = rows(&calls, &LogQuery::default(), 777);
    assert_eq!(all.len(), 18_000);
    let from = |second: u64| Some((START + second * 1_000) as f64);
    for query in [
        LogQuery { levels: vec![LogLevel::Error], ..LogQuery::default() },
        LogQuery { levels: vec![LogLevel::Error, LogLevel::Warn], from_ms: from(20), ..LogQuery::default() },
        LogQuery { components: vec!["c2".to_owned()], to_ms: from(33), ..LogQuery::default() },
        LogQuery { participants: vec!["bbbb0001".to_owned()], ..LogQuery::default() },
        LogQuery { text: "F>: 4217 0".to_owned(), ..LogQuery::default() },
    ] {
        let expect: Vec<_> = all
            .iter()
            .filter(|row| answers(&query, row, &format!("<f>: {}", row.message)))
            .cloned()
            .collect();
        assert!(!expect.is_empty() && expect.len() < 18_000);
        assert!(rows(&calls, &query, 500) == expect, "{query:?}");
        let totals = LogSearch { conference: 0, filter: query.clone() }.answer(&calls).totals.unwrap();
        assert_eq!((totals.lines, totals.exact), (expect.len() as u64, true), "{query:?}");
        let unrestricted = LogQuery { levels: vec![], ..query.clone() };
        let warnings = all
            .iter()
            .filter(|row| row.level == LogLevel::Warn)
            .filter(|row| answers(&unrestricted, row, &format!("<f>: {}", row.message)))
            .count();
        assert_eq!(totals.levels.warn, warnings as u64, "{query:?}");
    }
}

/// A line's text without its time, its second, and how much later its entry came.
fn lines() -> impl Strategy<Value = Vec<(String, u64)>> {
    let text = prop_oneof![
        "\\[(INFO|WARN|ERROR)\\] \\[(ice|xmpp|app)(:X)?\\] <f>: [a-cA-C ]{0,12}",
        "[a-cA-CäÄßİ ]{0,12}",
        "Failed [abc]{3}",
    ];
    prop::collection::vec((text, 0..90_u64), 0..60)
}

fn queries() -> impl Strategy<Value = LogQuery> {
    let texts = prop_oneof![Just(String::new()), "[a-cA-C]{1,4}", Just("Ä".to_owned()), Just("ß".to_owned())];
    let levels = prop::sample::subsequence(LogLevel::ALL.to_vec(), 0..3);
    let components = prop::sample::subsequence(vec!["ice".to_owned(), "app".to_owned(), String::new()], 0..2);
    let owners = prop::sample::subsequence(vec!["aaaa0001".to_owned(), "bbbb0001".to_owned()], 0..2);
    let times = (prop::option::of(0..90_u64), prop::option::of(0..90_u64));
    (texts, levels, components, owners, times).prop_map(
        |(text, levels, components, participants, (from, to))| {
            let ms = |second: u64| (START + second * 1_000) as f64;
            LogQuery {
                text,
                levels,
                components,
                participants,
                from_ms: from.map(ms),
                to_ms: to.map(ms),
                ..LogQuery::default()
            }
        },
    )
}

fn answers(query: &LogQuery, row: &LogRow, text: &str) -> bool {
    let component = row.component.clone().unwrap_or_default();
    (query.text.is_empty() || text.to_lowercase().contains(&query.text.to_lowercase()))
        && (query.levels.is_empty() || query.levels.contains(&row.level))
        && (query.components.is_empty() || query.components.contains(&component))
        && (query.participants.is_empty() || query.participants.contains(row.participant.as_ref().unwrap()))
        && query.from_ms.is_none_or(|from| from <= row.at_ms)
        && query.to_ms.is_none_or(|to| row.at_ms <= to)
}

proptest! {
    #[test]
    fn a_search_finds_what_looking_at_every_line_finds(
        of_ada in lines(), of_bob in lines(), query in queries(), limit in 1..20_u32,
    ) {
        let (mut ada, mut bob) = (Dump::of("aaaa0001"), Dump::of("bbbb0001"));
        let mut texts = Vec::new();
        for (dump, lines) in [(&mut ada, &of_ada), (&mut bob, &of_bob)] {
            for (text, second) in lines {
                // Lines with a time of their own in entries that come later, all at once.
                let time = format!("2023-11-14T22:{:02}:{:02}.000Z", 13 + (20 + second) / 60, (20 + second) % 60);
                logged(dump, &[&format!("{time} {text}")], 95_000);
                texts.push(format!("{time} {text}"));
            }
        }
        let calls = calls(&[("a", &ada), ("b", &bob)]);
        let all = rows(&calls, &LogQuery::default(), 7);
        prop_assert_eq!(all.len(), texts.len());
        prop_assert!(all.is_sorted_by(|a, b| a.at_ms <= b.at_ms));
        // Each row's text by its place: the first entry of logs is on line 2.
        let text = |row: &LogRow| {
            let before = if row.participant.as_deref() == Some("aaaa0001") { 0 } else { of_ada.len() };
            texts[before + row.line as usize - 2].as_str()
        };
        let expect: Vec<LogRow> = all.iter().filter(|row| answers(&query, row, text(row))).cloned().collect();
        prop_assert_eq!(&rows(&calls, &query, limit), &expect);
        let totals = LogSearch { conference: 0, filter: query.clone() }.answer(&calls).totals.unwrap();
        prop_assert_eq!(totals.lines, expect.len() as u64);
        for level in LogLevel::ALL {
            let only = LogQuery { levels: vec![level], ..query.clone() };
            let of_level = all.iter().filter(|row| answers(&only, row, text(row))).count();
            prop_assert_eq!(totals.levels.of(level), of_level as u64, "{:?}", level);
        }
        for count in totals.participants {
            let only = LogQuery { participants: vec![count.name.clone()], ..query.clone() };
            prop_assert_eq!(count.lines, all.iter().filter(|row| answers(&only, row, text(row))).count() as u64);
        }
    }
}
