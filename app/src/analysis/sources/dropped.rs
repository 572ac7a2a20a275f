//! Files of a drop, those of dropped folders included.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use super::{Picked, is_visible};
use crate::shell::browser;

/// All files of a drop. The list must be taken during the event, so this part runs at the call; folders are walked
/// in the future that it returns.
pub fn dropped_files(transfer: &DataTransfer) -> impl Future<Output = Picked> + use<> {
    let items = transfer.items();
    let dropped: Vec<Dropped> = (0..items.length())
        .filter_map(|index| items.get(index))
        .filter_map(|item| Dropped::of(&item))
        .collect();
    let mut picked = Picked { files: vec![], unread: vec![], given_ms: browser::now_ms() };
    async move {
        for one in dropped {
            match one {
                Dropped::File(file) => picked.files.push(file),
                Dropped::Folder(folder) => walk(folder, &mut picked).await,
            }
        }
        picked
    }
}

enum Dropped {
    File(File),
    Folder(FileSystemDirectoryEntry),
}

impl Dropped {
    fn of(item: &web_sys::DataTransferItem) -> Option<Self> {
        match item.webkit_get_as_entry().ok().flatten() {
            Some(entry) if entry.is_directory() => Some(Self::Folder(entry.unchecked_into())),
            _ => item.get_as_file().ok().flatten().map(Self::File),
        }
    }
}

/// Collects the files of a folder and its folders, and the names of what the browser does not give.
async fn walk(folder: FileSystemDirectoryEntry, picked: &mut Picked) {
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let reader = folder.create_reader();
        loop {
            // The browser gives a part at a time, and an empty one at the end.
            let part = match read_entries(&reader).await {
                Ok(part) if part.length() == 0 => break,
                Ok(part) => part,
                Err(_) => {
                    picked.unread.push(folder.name());
                    break;
                }
            };
            let entries = part.iter().map(JsCast::unchecked_into::<FileSystemEntry>);
            for entry in entries.filter(|entry| is_visible(&entry.name())) {
                if entry.is_directory() {
                    folders.push(entry.unchecked_into());
                    continue;
                }
                match file_of(entry.unchecked_ref()).await {
                    Ok(file) => picked.files.push(file),
                    Err(_) => picked.unread.push(entry.name()),
                }
            }
        }
    }
}

async fn read_entries(reader: &FileSystemDirectoryReader) -> Result<Array, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let _ = reader.read_entries_with_callback_and_callback(&resolve, &reject);
    });
    Ok(JsFuture::from(promise).await?.unchecked_into())
}

async fn file_of(entry: &FileSystemFileEntry) -> Result<File, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    Ok(JsFuture::from(promise).await?.unchecked_into())
}
