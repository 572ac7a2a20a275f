//! The files of a drop, including those in dropped folders.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use super::{PickedFiles, is_visible};
use crate::shell::browser;

/// All files of a drop. Must be called during the event, because the list of dropped items is only readable then;
/// the returned future reads the folders.
pub fn dropped_files(transfer: &DataTransfer) -> impl Future<Output = PickedFiles> + use<> {
    let items = transfer.items();
    let dropped: Vec<Dropped> = (0..items.length())
        .filter_map(|index| items.get(index))
        .filter_map(|item| Dropped::of(&item))
        .collect();
    let mut picked = PickedFiles { files: vec![], unread: vec![], given_ms: browser::now_ms() };
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

/// Collects the files of a folder and its subfolders, and the names of entries that the browser could not open.
async fn walk(folder: FileSystemDirectoryEntry, picked: &mut PickedFiles) {
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let reader = folder.create_reader();
        loop {
            // The browser returns some entries at a time, and none at the end.
            let entries = match read_entries(&reader).await {
                Ok(entries) if entries.length() == 0 => break,
                Ok(entries) => entries,
                Err(_) => {
                    picked.unread.push(folder.name());
                    break;
                }
            };
            let entries = entries.iter().map(JsCast::unchecked_into::<FileSystemEntry>);
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
