use proptest::prelude::*;

use super::*;
use crate::markup::{self, Format};
use crate::prose::Paragraph;

/// The parts of a credit as text: photographer, agency, via, file, date.
type Parts<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn check(kind: BlockKind, text: &str, expected: Parts) -> Credit {
    let p = Paragraph::new(kind, text.to_owned());
    let credit = credit::find(&p, 0).unwrap_or_else(|| panic!("no credit in {text}"));
    let part = |span: Option<Span>| span.map(|s| p.slice(s));
    let found =
        (part(credit.photographer), part(credit.agency), part(credit.via), part(credit.file), part(credit.date));
    assert_eq!(found, expected, "{text}");
    credit
}

#[test]
fn credits_come_apart() {
    let ana = Some("Ana Ruiz");
    for (text, parts) in [
        ("(Photo: via Wafa, file)", (None, Some("Wafa"), Some("via"), Some("file"), None)),
        ("(Photo by Ana Ruiz/Harbor News)", (ana, Some("Harbor News"), None, None, None)),
        ("Photo: Ana Ruiz", (ana, None, None, None, None)),
        ("AP Photo/Ana Ruiz", (ana, Some("AP"), None, None, None)),
        ("(AP Photo/Ana Ruiz, File)", (ana, Some("AP"), None, Some("File"), None)),
        ("Ana Ruiz/Reuters", (ana, Some("Reuters"), None, None, None)),
        ("REUTERS/Ana Ruiz", (ana, Some("REUTERS"), None, None, None)),
        ("Courtesy of the Ruiz family", (None, Some("the Ruiz family"), Some("Courtesy of"), None, None)),
        ("Image: Harbor Museum", (None, Some("Harbor Museum"), None, None, None)),
        ("Getty Images", (None, Some("Getty Images"), None, None, None)),
        ("(Credit: Ana Ruiz)", (ana, None, None, None, None)),
        ("Photo via Twitter", (None, Some("Twitter"), Some("via"), None, None)),
        ("Screenshot", (None, None, Some("Screenshot"), None, None)),
        ("File/Harbor News, 2015", (None, Some("Harbor News"), None, Some("File"), Some("2015"))),
        ("Feb. 3, 2018 file photo", (None, None, None, Some("file"), Some("Feb. 3, 2018"))),
        ("Ana Ruiz/AFP via Getty Images", (ana, Some("AFP via Getty Images"), None, None, None)),
        ("Photo by Ana Ruiz for The Harbor News", (ana, Some("The Harbor News"), None, None, None)),
        ("Harbor News photo by Ana Ruiz", (ana, Some("Harbor News"), None, None, None)),
        ("U.S. Navy photo by Ana Ruiz", (ana, Some("U.S. Navy"), None, None, None)),
        ("Ana Ruiz and Tom Okafor/EPA", (Some("Ana Ruiz and Tom Okafor"), Some("EPA"), None, None, None)),
    ] {
        check(BlockKind::Credit, text, parts);
    }
}

#[test]
fn the_kind_of_owner() {
    for (text, owner) in [
        ("(Photo: Wafa)", OwnerKind::Agency),
        ("(Photo: Shutterstock)", OwnerKind::Library),
        ("(Photo: Instagram)", OwnerKind::Platform),
        ("(Photo: Harbor Police)", OwnerKind::Other),
    ] {
        let p = Paragraph::new(BlockKind::Credit, text.to_owned());
        assert_eq!(credit::find(&p, 0).and_then(|c| c.owner), Some(owner), "{text}");
    }
}

#[test]
fn a_caption_ends_in_its_credit() {
    for (text, caption) in [
        ("Mayor Dale Finch speaks at the port. (Photo: Ana Ruiz/Reuters)", "Mayor Dale Finch speaks at the port."),
        ("Mayor Dale Finch speaks at the port. Ana Ruiz/Reuters", "Mayor Dale Finch speaks at the port."),
        ("Mayor Dale Finch speaks at the port. Photo by Ana Ruiz", "Mayor Dale Finch speaks at the port."),
        ("Mayor Dale Finch speaks (AP Photo/Ana Ruiz)", "Mayor Dale Finch speaks"),
    ] {
        let p = Paragraph::new(BlockKind::Caption, text.to_owned());
        let credit = credit::find(&p, 0);
        assert!(credit.is_some(), "{text}");
        assert_eq!(credit::without(&p, credit.as_ref()).map(|s| p.slice(s)), Some(caption), "{text}");
    }
    for none in [
        "Mayor Dale Finch speaks at the port. He leaves in May.",
        "The port (left) and the harbor (right)",
        "Ana Ruiz and Tom Okafor",
        "Firefighters work at the port in the city of Harbor (pop. 400)",
    ] {
        let p = Paragraph::new(BlockKind::Caption, none.to_owned());
        assert_eq!(credit::find(&p, 0), None, "{none}");
    }
}

#[test]
fn body_copy_has_a_credit_only_with_a_label() {
    let body = |text: &str| credit::find(&Paragraph::new(BlockKind::Paragraph, text.to_owned()), 0).is_some();
    assert!(body("The mayor opens the port. (Photo: via Wafa, file)"));
    assert!(!body("The mayor opened the port, she told the agency (Reuters)"));
}

#[test]
fn the_verb_and_the_date_of_a_caption() {
    for (text, verb, date) in [
        ("Mayor Dale Finch heads a meeting in Harbor.", Some("heads"), None),
        ("Residents gather at the port on May 2, 2016.", Some("gather"), Some("May 2, 2016")),
        ("Dale Finch is speaking Tuesday in Harbor.", Some("is speaking"), Some("Tuesday")),
        ("Dale Finch is seen in Harbor in 2015.", None, Some("2015")),
        ("Dale Finch opened the port, which helps trade.", None, None),
        ("The port of Harbor.", None, None),
    ] {
        let p = Paragraph::new(BlockKind::Caption, text.to_owned());
        let whole = Span::new(0, text.len());
        let part = |span: Option<Span>| span.map(|s| p.slice(s));
        assert_eq!((part(caption::present_verb(&p, whole)), part(caption::date(&p, whole))), (verb, date), "{text}");
    }
}

#[test]
fn images_captions_and_credits_meet() {
    let text = "Port opens\n\nDale Finch speaks.\n\nPhoto: Ana Ruiz\n\nThe port opened.";
    let mut document = markup::parse(text, Format::Plain);
    document.blocks[1].kind = BlockKind::Caption;
    document.blocks[2].kind = BlockKind::Credit;
    let read = |document: &Document| -> Vec<Arc<ParagraphFacts>> {
        document.blocks.iter().map(|b| Arc::new(ParagraphFacts::new(Paragraph::of_block(b)))).collect()
    };
    let photos = link(&document, &read(&document), &Surroundings::default());
    assert_eq!(photos.len(), 1);
    assert!(photos[0].image.is_none() && photos[0].caption.is_some() && photos[0].credit.is_some());

    let image = |src: &str, at: usize| markup::Image {
        range: at..at,
        src: src.to_owned(),
        src_range: at..at,
        alt: None,
        alt_range: at..at,
        graphic: false,
        credit: None,
    };
    document.images = vec![image("a.jpg", 11), image("b.jpg", 60)];
    document.blocks[1].image = Some(0);
    document.blocks[2].image = Some(0);
    let metadata = ImageMetadata { creator: Some("Ana Ruiz".to_owned()), ..ImageMetadata::default() };
    let around = Surroundings { images: [("b.jpg".to_owned(), metadata)].into(), ..Surroundings::default() };
    let photos = link(&document, &read(&document), &around);
    assert_eq!(photos.iter().map(|p| p.image).collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert!(photos[0].caption.is_some() && photos[0].credit.is_some() && photos[0].metadata.is_none());
    assert!(photos[1].caption.is_none() && photos[1].metadata.is_some());
}

proptest! {
    #[test]
    fn any_text_is_safe(
        text in "(Photo|AP|Ana|Ruiz|via|courtesy|of|by|file|Feb\\.|2015|still|handout|speaks|is|[(),:/|.\n—’é]| ){0,24}"
    ) {
        for kind in [BlockKind::Caption, BlockKind::Credit, BlockKind::Paragraph] {
            let p = Paragraph::new(kind, text.clone());
            let credit = credit::find(&p, 0);
            if let Some(c) = &credit {
                for span in [c.label, c.photographer, c.agency, c.via, c.file, c.date].into_iter().flatten() {
                    prop_assert!(c.passage.span.contains(span));
                }
            }
            let whole = credit::without(&p, credit.as_ref()).unwrap_or_default();
            let _ = (caption::date(&p, whole), caption::present_verb(&p, whole));
        }
    }
}
