//! The files that were read: participant, format, size, clock and problems of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use analyzer_wasm::report::{FileReport, Participant, Problem, ProblemSeverity};
use analyzer_wasm::wire::Overview;
use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::fact::Value;
use crate::components::growing::Growing;
use crate::format;
use crate::format::report;
use crate::shell::instance::Instance;
use crate::state::current_view::CurrentView;
use crate::state::sorting::sorted;
use crate::views::ConferenceContext;

/// The view.
#[must_use]
pub fn view(context: ConferenceContext) -> AnyView {
    view! { <Files conference_view=context.conference /> }.into_any()
}

/// A summary, and below it a row for each file, those with the most severe problems first.
#[component]
pub fn Files(
    /// The conference.
    conference_view: CurrentView,
) -> impl IntoView {
    let overview = conference_view.overview()?;
    let files = &overview.files;
    let order = worst_first(files);
    let growing = Growing::new(files.len());
    let open = files.iter().any(|file| worst(file).is_some_and(|severity| severity != ProblemSeverity::Info));
    let summary = summary(files);
    // The participant of each dump, by its file name.
    let mut owners = BTreeMap::new();
    for (index, participant) in overview.participants.iter().enumerate() {
        for presence in &participant.presences {
            owners.insert(presence.file.as_str(), index);
        }
    }
    let owners: Vec<Option<usize>> =
        files.iter().map(|file| owners.get(file.name.as_str()).copied()).collect();
    let order = Signal::stored(Arc::new(order));
    let conference_view = conference_view.clone();
    let rows = growing.entries(
        order,
        Arc::new(move |index| {
            let rows = conference_view.overview().and_then(|overview| {
                let owner = owner(&conference_view, overview, owners.get(index).copied().flatten());
                Some(rows(overview.files.get(index)?, owner))
            });
            rows.into_any()
        }),
    );
    let title = Instance::expect().id("files-title");
    Some(view! {
        <section class="files" aria-labelledby=title.clone()>
            <details open=open>
                <summary>
                    <h2 id=title.clone()>"Files"</h2> " "
                    <span class="second" data-testid="files-summary">{summary}</span>
                </summary>
                <div class="scroller" tabindex="0" role="group" aria-labelledby=title.clone()>
                    <table class="files-table" data-testid="files">
                        <thead>
                            <tr>
                                <th scope="col">"File"</th>
                                <th scope="col" title="The participant whose dump it is.">"Participant"</th>
                                <th scope="col" title="Detected from the content, not from the name.">"Format"</th>
                                <th scope="col" class="number" title="Size of the file as given, compressed or not.">"Size"</th>
                                <th scope="col" class="number" title="Size of the text after decompression.">"Text"</th>
                                <th scope="col" class="number" title="Number of lines of text, blank lines included.">"Lines"</th>
                                <th scope="col" title="How the times of the file were mapped to the clock of the conference.">"Clock"</th>
                            </tr>
                        </thead>
                        {rows}
                    </table>
                    {growing.button("file")}
                </div>
            </details>
        </section>
    })
}

/// The indices of the files, those with the most severe problem first, else as they were given.
fn worst_first(files: &[FileReport]) -> Vec<usize> {
    // Files without problems come last.
    let rank = |index: usize| {
        let worst = files.get(index).and_then(worst);
        (worst.is_none(), worst)
    };
    sorted(files.len(), &|left, right| rank(left).cmp(&rank(right)))
}

fn worst(file: &FileReport) -> Option<ProblemSeverity> {
    file.problems.iter().map(|problem| problem.severity).min()
}

/// For example `7 files, 5.1 MB, 1 with lost data, 2 with warnings`.
fn summary(files: &[FileReport]) -> String {
    let bytes = files.iter().map(|file| file.bytes).sum();
    let count = |wanted: ProblemSeverity| files.iter().filter(|file| worst(file) == Some(wanted)).count();
    let (lost, warned) = (count(ProblemSeverity::DataLoss), count(ProblemSeverity::Warning));
    let mut parts = vec![format::counted(files.len(), "file"), format::bytes(bytes)];
    if lost > 0 {
        parts.push(format!("{} with lost data", format::count(lost as u64)));
    }
    if warned > 0 {
        parts.push(format!("{} with warnings", format::count(warned as u64)));
    }
    if lost + warned == 0 {
        parts.push("no data lost".to_owned());
    }
    parts.join(", ")
}

/// A button that selects the participant whose dump it is.
fn owner(conference_view: &CurrentView, overview: &Overview, index: Option<usize>) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let participant: &Participant = overview.participants.get(index?)?;
    let selection = conference_view.select_participant(&participant.key);
    Some(
        view! {
            <button class="link" on:click=move |_| analysis.select(selection.clone())>{participant.label().to_owned()}</button>
        }
        .into_any(),
    )
}

fn rows(file: &FileReport, owner: Option<AnyView>) -> AnyView {
    let problems = (!file.problems.is_empty()).then(|| {
        view! {
            <tr class="problems">
                <td colspan="7">
                    <ul>{file.problems.iter().map(problem).collect_view()}</ul>
                </td>
            </tr>
        }
    });
    view! {
        <tbody>
            <tr data-testid="file" data-file=file.name.clone()>
                <th scope="row" class="file-name">{file.name.clone()}</th>
                <td>{owner.unwrap_or_else(|| view! { <Value text=None /> }.into_any())}</td>
                <td><Value text=file.format.clone() /></td>
                <td class="number">{format::bytes(file.bytes)}</td>
                <td class="number">{format::bytes(file.text_bytes)}</td>
                <td class="number">{format::count(file.lines)}</td>
                <td class="clock"><Value text=file.clock.as_ref().map(report::clock) /></td>
            </tr>
            {problems}
        </tbody>
    }
    .into_any()
}

fn problem(problem: &Problem) -> AnyView {
    let (id, word, class) = match problem.severity {
        ProblemSeverity::DataLoss => ("data-loss", "data lost", "mark mark-error"),
        ProblemSeverity::Warning => ("warning", "warning", "mark mark-warning"),
        ProblemSeverity::Info => ("info", "note", "mark mark-info"),
    };
    view! {
        <li data-testid="file-problem" data-kind=problem.kind.clone() data-severity=id>
            <span class=class aria-hidden="true"></span>
            <span class="problem-word">{word}</span>
            <span class="problem-text">{problem.message.clone()} <span class="second">{occurrences(problem)}</span></span>
        </li>
    }
    .into_any()
}

fn occurrences(problem: &Problem) -> String {
    match (problem.first_line, problem.count) {
        (None, 0 | 1) => String::new(),
        (None, count) => format!("{} times", format::count(count)),
        (Some(line), 0 | 1) => format!("line {}", format::count(line)),
        (Some(line), count) => {
            format!("{} times, first on line {}", format::count(count), format::count(line))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem_of(severity: ProblemSeverity, first_line: Option<u64>, count: u64) -> Problem {
        Problem { kind: "bad-line".into(), severity, count, first_line, message: String::new() }
    }

    fn file(name: &str, severities: &[ProblemSeverity]) -> FileReport {
        FileReport {
            name: name.into(),
            format: Some("jitsi-client".into()),
            bytes: 1_500_000,
            text_bytes: 0,
            lines: 0,
            session_id: None,
            clock: None,
            problems: severities.iter().map(|severity| problem_of(*severity, None, 1)).collect(),
        }
    }

    #[test]
    fn a_problem_says_where_and_how_often() {
        let text = |first_line, count| occurrences(&problem_of(ProblemSeverity::DataLoss, first_line, count));
        assert_eq!(text(None, 1), "");
        assert_eq!(text(None, 3), "3 times");
        assert_eq!(text(Some(7), 1), "line 7");
        assert_eq!(text(Some(1200), 3), "3 times, first on line 1\u{202f}200");
    }

    #[test]
    fn the_worst_files_come_first_and_are_counted() {
        let files = [
            file("whole", &[]),
            file("noted", &[ProblemSeverity::Info]),
            file("lossy", &[ProblemSeverity::Info, ProblemSeverity::DataLoss]),
            file("odd", &[ProblemSeverity::Warning]),
        ];
        assert_eq!(worst_first(&files), [2, 3, 1, 0]);
        assert_eq!(summary(&files), "4 files, 6.0 MB, 1 with lost data, 1 with warnings");
        assert_eq!(summary(&files[..2]), "2 files, 3.0 MB, no data lost");
    }
}
