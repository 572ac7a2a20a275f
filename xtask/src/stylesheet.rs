//! The page's stylesheet: one file made of the stylesheets beside what they style, so that none has to be listed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of the page's sources, in the order in which their rules apply: later ones override earlier ones of the
/// same specificity. Within a folder the order is that of the paths.
const FOLDERS: [&str; 4] = ["shell", "components", "charts", "views"];

/// Joins the stylesheets of `app/src` into `target/page.css`, which `app/index.html` links.
pub(crate) fn write(root: &Path) -> Result<()> {
    let mut joined = String::new();
    for folder in FOLDERS {
        for path in stylesheets(&root.join("app/src").join(folder))? {
            let rules =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            joined.push_str(&rules);
            joined.push('\n');
        }
    }
    let target = root.join("target");
    fs::create_dir_all(&target).with_context(|| format!("cannot create {}", target.display()))?;
    let page = target.join("page.css");
    fs::write(&page, joined).with_context(|| format!("cannot write {}", page.display()))
}

/// The stylesheets in a folder and in its folders, by path.
fn stylesheets(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(stylesheets(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_are_found_in_the_order_of_their_paths() {
        let root = std::env::temp_dir().join(format!("rtcscope-stylesheets-{}", std::process::id()));
        for name in ["shell/tokens.css", "views/b/style.css", "views/a/style.css", "charts/a.css"] {
            let path = root.join("app/src").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("/* {name} */")).unwrap();
        }
        fs::create_dir_all(root.join("app/src/components")).unwrap();
        fs::write(root.join("app/src/views/a/mod.rs"), "").unwrap();
        write(&root).unwrap();
        let page = fs::read_to_string(root.join("target/page.css")).unwrap();
        fs::remove_dir_all(root).unwrap();
        assert_eq!(
            page.lines().collect::<Vec<_>>(),
            [
                "/* shell/tokens.css */",
                "/* charts/a.css */",
                "/* views/a/style.css */",
                "/* views/b/style.css */"
            ]
        );
    }
}
