use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::markup::{self, Format, Image};

fn iptc_record(dataset: u8, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x1C, 2, dataset];
    bytes.extend((value.len() as u16).to_be_bytes());
    bytes.extend(value);
    bytes
}

fn iptc_block() -> Vec<u8> {
    let records: [(u8, &[u8]); 6] = [
        (80, b"Ana Ruiz"),
        (110, b"Harbor News"),
        (115, b"HN"),
        (116, b"\xA9 Harbor News"),
        (55, b"20180203"),
        (120, b"The port."),
    ];
    records.iter().flat_map(|(dataset, value)| iptc_record(*dataset, value)).collect()
}

/// A little-endian TIFF structure with text fields, all in its first directory.
fn tiff_structure(fields: &[(u16, u16, &[u8])]) -> Vec<u8> {
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    bytes.extend((fields.len() as u16).to_le_bytes());
    let mut data_at = 8 + 2 + fields.len() * 12 + 4;
    let mut data = Vec::new();
    for (tag, kind, value) in fields {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend((value.len() as u32).to_le_bytes());
        bytes.extend((data_at as u32).to_le_bytes());
        data.extend_from_slice(value);
        data_at += value.len();
    }
    bytes.extend([0; 4]);
    bytes.extend(data);
    bytes
}

fn exif_block() -> Vec<u8> {
    tiff_structure(&[(0x010E, 2, b"A pier\0"), (0x013B, 2, b"Tom Okafor\0"), (0x8298, 2, b"Okafor Ltd\0")])
}

fn xmp_block() -> Vec<u8> {
    br#"<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/"
      xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ps:Credit="Okafor/Harbor News"
      ext:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia">
      <dc:creator><rdf:Seq><rdf:li>Tom Okafor</rdf:li><rdf:li>Ana Ruiz</rdf:li></rdf:Seq></dc:creator>
      <dc:rights><rdf:Alt><rdf:li xml:lang="de">alt</rdf:li><rdf:li xml:lang="x-default">HN 2019</rdf:li></rdf:Alt></dc:rights>
      <ps:DateCreated>2019-05-06T10:00:00Z</ps:DateCreated>
    </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#
        .to_vec()
}

fn segment(marker: u8, head: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, marker];
    bytes.extend(((head.len() + body.len() + 2) as u16).to_be_bytes());
    bytes.extend(head);
    bytes.extend(body);
    bytes
}

fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    bytes.extend(segments.concat());
    bytes.extend([0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
    bytes
}

fn photoshop(iptc: &[u8]) -> Vec<u8> {
    let mut body = b"8BIM\x03\xED\0\0\0\0\0\x03abc\0".to_vec();
    body.extend(b"8BIM\x04\x04\0\0");
    body.extend((iptc.len() as u32).to_be_bytes());
    body.extend(iptc);
    segment(0xED, b"Photoshop 3.0\0", &body)
}

fn full_jpeg() -> Vec<u8> {
    jpeg(&[
        segment(0xE0, b"JFIF\0", &[1, 2]),
        segment(0xE1, b"Exif\0\0", &exif_block()),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0", &xmp_block()),
        photoshop(&iptc_block()),
    ])
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = (data.len() as u32).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(data);
    bytes.extend([0; 4]);
    bytes
}

fn full_png() -> Vec<u8> {
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0".to_vec(), xmp_block()].concat();
    let chunks =
        [chunk(b"IHDR", &[0; 13]), chunk(b"eXIf", &exif_block()), chunk(b"IDAT", &[7; 40]), chunk(b"iTXt", &text)];
    [b"\x89PNG\r\n\x1A\n".to_vec(), chunks.concat(), chunk(b"IEND", &[])].concat()
}

fn full_webp() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut bytes = kind.to_vec();
        bytes.extend((data.len() as u32).to_le_bytes());
        bytes.extend(data);
        bytes.extend(vec![0; data.len() % 2]);
        bytes
    };
    let chunks = [chunk(b"VP8 ", &[7; 9]), chunk(b"EXIF", &exif_block()), chunk(b"XMP ", &xmp_block())];
    [b"RIFF\0\0\0\0WEBP".to_vec(), chunks.concat()].concat()
}

fn read(bytes: Vec<u8>) -> Result<ImageMetadata, AssetError> {
    read_from(&mut Cursor::new(bytes))
}

#[test]
fn iptc_comes_before_exif() {
    let found = read(jpeg(&[segment(0xE1, b"Exif\0\0", &exif_block()), photoshop(&iptc_block())])).expect("a JPEG");
    assert_eq!(found.creator.as_deref(), Some("Ana Ruiz"));
    assert_eq!(found.credit.as_deref(), Some("Harbor News"));
    assert_eq!(found.source.as_deref(), Some("HN"));
    assert_eq!(found.copyright.as_deref(), Some("© Harbor News"));
    assert_eq!(found.taken, Date::new(2018, 2, 3).ok());
    assert_eq!(found.description.as_deref(), Some("The port."));
}

#[test]
fn exif_alone() {
    let found = read(jpeg(&[segment(0xE1, b"Exif\0\0", &exif_block())])).expect("a JPEG");
    assert_eq!(found.creator.as_deref(), Some("Tom Okafor"));
    assert_eq!(found.copyright.as_deref(), Some("Okafor Ltd"));
    assert_eq!(found.description.as_deref(), Some("A pier"));
}

#[test]
fn xmp_comes_first_in_every_container() {
    let iptc = iptc_block();
    let tiff = tiff_structure(&[(700, 1, &xmp_block()), (0x013B, 2, b"Nobody\0"), (33_723, 7, &iptc)]);
    for (name, bytes) in [("JPEG", full_jpeg()), ("PNG", full_png()), ("WebP", full_webp()), ("TIFF", tiff)] {
        let found = read(bytes).expect(name);
        assert_eq!(found.creator.as_deref(), Some("Tom Okafor, Ana Ruiz"), "{name}");
        assert_eq!(found.credit.as_deref(), Some("Okafor/Harbor News"), "{name}");
        assert_eq!(found.copyright.as_deref(), Some("HN 2019"), "{name}");
        assert_eq!(found.taken, Date::new(2019, 5, 6).ok(), "{name}");
        assert_eq!(found.digital_source.as_deref(), Some("trainedAlgorithmicMedia"), "{name}");
    }
}

#[test]
fn damaged_files_give_what_can_be_read() {
    let mut cut = full_jpeg();
    cut.truncate(cut.len() - 60);
    assert_eq!(read(cut).expect("a JPEG").creator.as_deref(), Some("Tom Okafor, Ana Ruiz"));
    assert!(matches!(read(b"GIF89a......".to_vec()), Err(AssetError::UnknownFormat)));
    assert!(matches!(read(Vec::new()), Err(AssetError::UnknownFormat)));
    let broken = jpeg(&[
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0", b"<x:xmpmeta <"),
        photoshop(&[0x1C, 2, 80, 0xFF, 0xFF]),
    ]);
    assert_eq!(read(broken).expect("a JPEG"), ImageMetadata::default());
    assert!(matches!(read_image(Path::new(".")), Err(AssetError::Io(_))));
}

#[test]
fn a_storys_images_are_found_beside_and_above_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let stories = folder.path().join("news/2018");
    fs::create_dir_all(&stories).expect("a folder");
    fs::create_dir_all(folder.path().join("static/img")).expect("a folder");
    fs::write(folder.path().join("copydesk.toml"), "").expect("a file");
    fs::write(stories.join("a port.jpg"), full_jpeg()).expect("a file");
    fs::write(folder.path().join("static/img/b.png"), full_png()).expect("a file");
    let mut document = markup::parse("Port opens", Format::Plain);
    let image = |src: &str| Image {
        range: 0..0,
        src: src.to_owned(),
        src_range: 0..0,
        alt: None,
        alt_range: 0..0,
        graphic: false,
        credit: None,
    };
    document.images = ["a%20port.jpg", "/img/b.png", "missing.jpg", "https://example.org/a.jpg"].map(image).to_vec();
    let found = for_story(&document, &stories.join("port.md"));
    let mut names: Vec<&str> = found.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["/img/b.png", "a%20port.jpg"]);
}

#[test]
fn no_file_outside_of_the_newsroom_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let (home, news) = (folder.path().join("home"), folder.path().join("news/2018"));
    fs::create_dir_all(&home).expect("a folder");
    fs::create_dir_all(&news).expect("a folder");
    fs::write(home.join("a.jpg"), full_jpeg()).expect("a file");
    fs::write(folder.path().join("news/a.jpg"), full_jpeg()).expect("a file");
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.join("a.jpg"), news.join("link.jpg")).expect("a link");
    let absolute = home.join("a.jpg").display().to_string();
    let tries = ["../../home/a.jpg", "%2e%2e/../home/a.jpg", "link.jpg", "/home/a.jpg", &absolute];
    let found = |src: &str| file_of(src, &news.join("port.md"));
    for src in tries.into_iter().chain([format!("file://{absolute}").as_str()]) {
        assert_eq!(found(src), None, "{src}");
    }
    assert_eq!(found("../a.jpg"), None, "nothing says that the folder above is the newsroom's");
    fs::create_dir(folder.path().join("news/.git")).expect("a folder");
    assert!(found("../a.jpg").is_some() && found("/a.jpg").is_some());
    assert_eq!(found("../../home/a.jpg"), None);
}

proptest! {
    #[test]
    fn changed_and_cut_files_do_no_harm(
        which in 0..4usize,
        cut in 0..2_000usize,
        changes in proptest::collection::vec((0..2_000usize, any::<u8>()), 0..6),
    ) {
        let iptc = iptc_block();
        let tiff = tiff_structure(&[(700, 1, &xmp_block()), (0x013B, 2, b"Nobody\0"), (33_723, 4, &iptc)]);
        let mut bytes = [full_jpeg(), full_png(), full_webp(), tiff][which].clone();
        for (at, byte) in changes {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
        }
        bytes.truncate(cut);
        let _ = read(bytes);
    }

    #[test]
    fn any_bytes_do_no_harm(start in 0..5usize, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 5] = [b"\xFF\xD8", b"\x89PNG\r\n\x1A\n", b"RIFF\0\0\0\0WEBP", b"II\x2A\0", b""];
        let _ = read([starts[start], &bytes].concat());
        let _ = (iptc::read(&bytes), xmp::read(&bytes));
    }
}
