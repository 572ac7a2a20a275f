//! Files of a drop, those of dropped folders included.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use super::picked::is_visible;

/// All files of a drop. The list must be taken during the event, so this part runs at the call; folders are walked
/// in the future that it returns.
pub fn dropped_files(transfer: &DataTransfer) -> impl Future<Output = Vec<File>> + use<> {
    let items = transfer.items();
    let dropped: Vec<Dropped> = (0..items.length())
        .filter_map(|index| items.get(index))
        .filter_map(|item| Dropped::of(&item))
        .collect();
    async move {
        let mut files = Vec::new();
        for one in dropped {
            match one {
                Dropped::File(file) => files.push(file),
                Dropped::Folder(folder) => walk(folder, &mut files).await,
            }
        }
        files.retain(is_visible);
        files
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

/// Collects the files of a folder and its folders; what the browser does not give is left out.
async fn walk(folder: FileSystemDirectoryEntry, files: &mut Vec<File>) {
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        let reader = folder.create_reader();
        loop {
            // The browser gives a part at a time, and an empty one at the end.
            let part = read_entries(&reader).await.unwrap_or_default();
            if part.length() == 0 {
                break;
            }
            for entry in part.iter().map(JsCast::unchecked_into::<FileSystemEntry>) {
                if entry.is_directory() {
                    folders.push(entry.unchecked_into());
                } else if let Ok(file) = file_of(entry.unchecked_ref()).await {
                    files.push(file);
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
