//! The names of browsers and operating systems in `User-Agent` headers, as platform.js 1.3.6 lists them.

/// Names of browsers in the order in which they are tried, each with the words that identify it.
pub(super) const BROWSERS: &[(&str, &[&str])] = &[
    ("Electron", &["Electron"]),
    ("Microsoft Edge", &["Edge", "Edg", "EdgA", "EdgiOS"]),
    ("PaleMoon", &["PaleMoon"]),
    ("Samsung Internet", &["SamsungBrowser"]),
    ("SeaMonkey", &["SeaMonkey"]),
    ("Silk", &["Cloud9", "Silk-Accelerated"]),
    ("Vivaldi", &["Vivaldi"]),
    ("Waterfox", &["Waterfox"]),
    ("Yandex Browser", &["YaBrowser"]),
    ("UC Browser", &["UCBrowser"]),
    ("Opera Mini", &["Opera Mini", "OPiOS"]),
    ("Opera", &["Opera", "OPR"]),
    ("Chromium", &["Chromium"]),
    ("Chrome", &["Chrome", "HeadlessChrome"]),
    ("Chrome Mobile", &["CriOS", "CrMo"]),
    ("Firefox", &["Firefox", "Minefield"]),
    ("Firefox for iOS", &["FxiOS"]),
    ("Safari", &["Safari"]),
];
/// Words whose version takes precedence over that of any other word.
pub(super) const VERSION_WORDS: &[&str] = &[
    "CriOS",
    "CrMo",
    "Edge",
    "Edg",
    "EdgA",
    "EdgiOS",
    "FxiOS",
    "HeadlessChrome",
    "OPiOS",
    "OPR",
    "SamsungBrowser",
    "UCBrowser",
    "YaBrowser",
];
pub(super) const SYSTEMS: &[&str] = &[
    "Windows Phone",
    "KaiOS",
    "Android",
    "CentOS",
    "CrOS",
    "Debian",
    "Fedora",
    "FreeBSD",
    "Gentoo",
    "Kubuntu",
    "Linux Mint",
    "OpenBSD",
    "Red Hat",
    "SuSE",
    "Ubuntu",
    "Xubuntu",
    "webOS",
    "Tizen",
    "Linux",
    "Mac OS X",
    "Macintosh",
    "Windows ",
];
pub(super) const WINDOWS: &[(&str, &str)] = &[
    ("10.0", "10"),
    ("6.4", "10 Technical Preview"),
    ("6.3", "8.1"),
    ("6.2", "8"),
    ("6.1", "Server 2008 R2 / 7"),
    ("6.0", "Server 2008 / Vista"),
    ("5.2", "Server 2003 / XP 64-bit"),
    ("5.1", "XP"),
];
/// Manufacturers whose Chrome is called "Android Browser" where the header does not contain "Mobile Safari".
pub(super) const MAKERS: &[&str] = &[
    "Alcatel",
    "Archos",
    "Amazon",
    "Asus",
    "HTC",
    "Huawei",
    "Lenovo",
    "LG",
    "Microsoft",
    "Motorola",
    "Nokia",
    "Oppo",
    "Samsung",
    "Sony",
    "Xiaomi",
];
pub(super) const WORDS_OF_64_BIT: &[&str] = &["AMD64", "IA64", "Win64", "WOW64", "x86_64", "x64"];
/// Upper bounds of WebKit builds and the Safari version that stands for them, for headers without a version.
pub(super) const WEBKIT: &[(f64, &str)] =
    &[(601.0, "8.x"), (602.0, "9.x"), (604.0, "10.x"), (606.0, "11.x"), (608.0, "12.x")];
