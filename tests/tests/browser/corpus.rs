//! Every real client dump of the corpus, where it is there: the page and the native library say the same.

use e2e::rtcscope::App;
use e2e::workspace::{corpus, file_name};

use crate::{assert_native, assert_quiet};

/// Dumps of bridges, focuses and gateways, which are nobody's.
const SERVERS: [&str; 3] = ["jicofo-sample", "jigasi-sample", "jvb-sample"];

#[test]
fn each_client_dump_is_one_participant_and_the_native_report() {
    let Some(files) = corpus("jitsi/dumps").unwrap() else {
        println!("skipped: there is no corpus beside the project");
        return;
    };
    let clients = files.into_iter().filter(|file| !SERVERS.contains(&file_name(file).as_str()));
    let app = App::open().unwrap();
    let mut count = 0;
    for file in clients {
        app.reload().unwrap();
        let files = [file];
        app.choose(&files).unwrap();
        app.rows(1).unwrap();
        let saved = app.save_report().unwrap();
        assert_eq!(saved["participants"].as_array().map(Vec::len), Some(1), "{files:?}");
        assert_native(&saved, &files);
        count += 1;
    }
    assert!(count > 0, "the corpus holds no client dump");
    assert_quiet(&app);
}
