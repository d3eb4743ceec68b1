//! Who owns photos: wire and photo agencies, stock libraries, platforms.

use super::OwnerKind;

/// Wire and photo agencies, by the names and short forms that stand in credits; lower case, without `the`.
const AGENCIES: &[&str] = &[
    "aap",
    "aap image",
    "abaca",
    "abacapress",
    "activestills",
    "aa",
    "afp",
    "afp photo",
    "agence france-presse",
    "agencia efe",
    "ana-mpa",
    "anadolu",
    "anadolu agency",
    "anadolu images",
    "ani",
    "ansa",
    "antara",
    "ap",
    "ap images",
    "apa",
    "apa images",
    "associated press",
    "austrian press agency",
    "bangladesh sangbad sangstha",
    "belga",
    "bernama",
    "bloomberg",
    "bloomberg news",
    "bta",
    "camera press",
    "canadian press",
    "contour",
    "cp",
    "czech news agency",
    "ctk",
    "čtk",
    "dpa",
    "dpa picture-alliance",
    "picture alliance",
    "picture-alliance",
    "efe",
    "epa",
    "epa-efe",
    "efe-epa",
    "eyevine",
    "fars news agency",
    "gamma",
    "gamma-rapho",
    "getty",
    "getty images",
    "hina",
    "icon sportswire",
    "imago",
    "imagn",
    "imagn images",
    "ians",
    "interfax",
    "irna",
    "isna",
    "itar-tass",
    "jiji",
    "jiji press",
    "jta",
    "keystone",
    "kcna",
    "kuna",
    "kyodo",
    "kyodo news",
    "lusa",
    "lehtikuva",
    "magnum",
    "magnum photos",
    "mehr",
    "mehr news agency",
    "mti",
    "newscom",
    "new china news agency",
    "noor",
    "ntb",
    "nurphoto",
    "ntb scanpix",
    "pa",
    "pa images",
    "pa media",
    "panos",
    "panos pictures",
    "pap",
    "petra",
    "picture desk",
    "polaris",
    "polaris images",
    "pool",
    "press association",
    "pressfoto",
    "pti",
    "press trust of india",
    "redux",
    "redux pictures",
    "reuters",
    "rex",
    "rex features",
    "ria novosti",
    "ritzau",
    "ritzau scanpix",
    "sana",
    "scanpix",
    "sipa",
    "sipa press",
    "sipa usa",
    "sopa images",
    "splash news",
    "spa",
    "saudi press agency",
    "stt-lehtikuva",
    "sputnik",
    "tass",
    "tanjug",
    "tasnim",
    "tasnim news agency",
    "tt",
    "tt news agency",
    "tt nyhetsbyran",
    "unian",
    "ukrinform",
    "upi",
    "united press international",
    "usa today sports",
    "usa today network",
    "vii",
    "vii photo",
    "vna",
    "wafa",
    "xinhua",
    "xinhua news agency",
    "yonhap",
    "yonhap news agency",
    "zuma",
    "zuma press",
    "zuma wire",
    "tribune news service",
    "tns",
    "mct",
    "cnp",
    "cna",
    "central news agency",
    "flash90",
    "jini",
    "middle east images",
    "majority world",
    "le pictorium",
    "hans lucas",
    "agence vu",
    "vu",
    "agencia o globo",
    "folhapress",
    "andina",
    "notimex",
    "telam",
    "télam",
    "prensa latina",
    "aton",
    "agencia uno",
    "photosport",
    "allsport",
    "presseye",
    "inpho",
    "sportsfile",
    "actionpress",
    "action images",
    "afrikimages",
    "panapress",
];

/// Stock libraries and open collections, where a photographer is often not named.
const LIBRARIES: &[&str] = &[
    "123rf",
    "adobe stock",
    "alamy",
    "alamy stock photo",
    "bigstock",
    "canva",
    "corbis",
    "creative commons",
    "depositphotos",
    "dreamstime",
    "flickr",
    "fotolia",
    "istock",
    "istockphoto",
    "library of congress",
    "pexels",
    "pixabay",
    "public domain",
    "shutterstock",
    "stock",
    "stocksy",
    "thinkstock",
    "unsplash",
    "wikimedia",
    "wikimedia commons",
    "wikipedia",
];

/// Platforms that show photos and own none.
const PLATFORMS: &[&str] = &[
    "bluesky",
    "facebook",
    "google",
    "google earth",
    "google images",
    "google maps",
    "google street view",
    "instagram",
    "internet",
    "linkedin",
    "mastodon",
    "online",
    "pinterest",
    "reddit",
    "snapchat",
    "social media",
    "telegram",
    "threads",
    "tiktok",
    "tumblr",
    "twitter",
    "vk",
    "weibo",
    "whatsapp",
    "x",
    "youtube",
];

/// What kind of owner `name` is (lower case, folded, without `the`); `None` for one that is in no list.
pub(super) fn kind(name: &str) -> Option<OwnerKind> {
    if AGENCIES.contains(&name) {
        return Some(OwnerKind::Agency);
    }
    if LIBRARIES.contains(&name) {
        return Some(OwnerKind::Library);
    }
    PLATFORMS.contains(&name).then_some(OwnerKind::Platform)
}

/// Whether a name with this word (lower case) in it is an owner and no person.
pub(super) fn is_owner_word(word: &str) -> bool {
    matches!(
        word,
        "agency"
            | "agencies"
            | "archive"
            | "archives"
            | "associates"
            | "association"
            | "authority"
            | "broadcasting"
            | "bureau"
            | "center"
            | "centre"
            | "chronicle"
            | "church"
            | "city"
            | "club"
            | "college"
            | "commission"
            | "committee"
            | "company"
            | "corp"
            | "corps"
            | "council"
            | "county"
            | "courier"
            | "court"
            | "daily"
            | "department"
            | "dispatch"
            | "embassy"
            | "examiner"
            | "family"
            | "files"
            | "force"
            | "foundation"
            | "gazette"
            | "globe"
            | "government"
            | "group"
            | "guard"
            | "handout"
            | "herald"
            | "hospital"
            | "house"
            | "images"
            | "inc"
            | "institute"
            | "international"
            | "journal"
            | "kremlin"
            | "ledger"
            | "library"
            | "magazine"
            | "media"
            | "ministry"
            | "museum"
            | "nasa"
            | "nations"
            | "navy"
            | "network"
            | "news"
            | "newspapers"
            | "observer"
            | "office"
            | "org"
            | "party"
            | "photo"
            | "photography"
            | "photos"
            | "pictures"
            | "police"
            | "post"
            | "press"
            | "productions"
            | "project"
            | "publishing"
            | "radio"
            | "record"
            | "register"
            | "review"
            | "school"
            | "service"
            | "society"
            | "sports"
            | "staff"
            | "star"
            | "studio"
            | "studios"
            | "sun"
            | "telegraph"
            | "television"
            | "times"
            | "tribune"
            | "trust"
            | "tv"
            | "union"
            | "university"
            | "website"
            | "weekly"
            | "wire"
            | "world"
            | "zoo"
            | "army"
            | "senate"
            | "parliament"
            | "pool"
            | "contributor"
    )
}
