//! What was read of each file, and what was odd or lost in it.

use analyzer_wasm::report::{FileReport, Problem, Severity};
use leptos::prelude::*;

use crate::format;
use crate::state::sight::Sight;

/// A row for each file, with its problems below it.
#[component]
pub fn Imports(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let rows =
        move || sight.with(|sight| Some(sight.as_ref()?.overview()?.files.iter().map(rows).collect_view()));
    view! {
        <section aria-labelledby="imports-title">
            <h2 id="imports-title">"What was read"</h2>
            <div class="scroller" tabindex="0" role="group" aria-labelledby="imports-title">
                <table class="imports" data-testid="imports">
                    <thead>
                        <tr>
                            <th scope="col">"File"</th>
                            <th scope="col" title="Recognised from the content, never from the name.">"Format"</th>
                            <th scope="col" class="number" title="As given, compressed or not.">"Size"</th>
                            <th scope="col" class="number" title="After decompression.">"Text"</th>
                            <th scope="col" class="number" title="Lines of text, blank ones included.">"Lines"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn rows(file: &FileReport) -> impl IntoView + use<> {
    let problems = (!file.problems.is_empty()).then(|| {
        view! {
            <tr class="problems">
                <td colspan="5">
                    <ul>{file.problems.iter().map(problem).collect_view()}</ul>
                </td>
            </tr>
        }
    });
    view! {
        <tr data-testid="import-file" data-file=file.name.clone()>
            <th scope="row" class="file-name">{file.name.clone()}</th>
            <td>{file.format.clone()}</td>
            <td class="number">{format::bytes(file.bytes)}</td>
            <td class="number">{format::bytes(file.text_bytes)}</td>
            <td class="number">{format::count(file.lines)}</td>
        </tr>
        {problems}
    }
}

fn problem(problem: &Problem) -> impl IntoView + use<> {
    let (id, word, class) = match problem.severity {
        Severity::DataLoss => ("data-loss", "lost", "mark mark-error"),
        Severity::Warning => ("warning", "odd", "mark mark-warning"),
        Severity::Info => ("info", "note", "mark mark-info"),
    };
    view! {
        <li data-testid="import-problem" data-kind=problem.kind.clone() data-severity=id>
            <span class=class aria-hidden="true"></span>
            <span class="problem-word">{word}</span>
            <span class="problem-text">{problem.message.clone()} <span class="second">{place(problem)}</span></span>
        </li>
    }
}

fn place(problem: &Problem) -> String {
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

    #[test]
    fn a_problem_says_where_and_how_often() {
        let told = |first_line, count| {
            place(&Problem {
                kind: "bad-line".into(),
                severity: Severity::DataLoss,
                count,
                first_line,
                message: String::new(),
            })
        };
        assert_eq!(told(None, 1), "");
        assert_eq!(told(None, 3), "3 times");
        assert_eq!(told(Some(7), 1), "line 7");
        assert_eq!(told(Some(1200), 3), "3 times, first on line 1\u{202f}200");
    }
}
