//! What an element's name and its class say of the block in it.

use super::super::BlockKind;
use super::attributes::Attributes;

/// Whether an element starts and ends a block. `name` is in lower case.
pub(super) fn is_block(name: &str) -> bool {
    const NAMES: [&str; 52] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
    ];
    NAMES.contains(&name)
}

/// Whether an element has no content and no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether nothing in an element is read.
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "pre"
            | "code"
            | "samp"
            | "kbd"
            | "tt"
            | "del"
            | "s"
            | "strike"
            | "nav"
            | "textarea"
            | "select"
            | "button"
            | "iframe"
            | "object"
            | "video"
            | "audio"
            | "canvas"
            | "dialog"
            | "map"
            | "datalist"
            | "noframes"
            | "xmp"
    )
}

/// Whether an element holds what is not told in the story: what is not shown, advertisements, posts of others, and on a whole
/// page what is beside the story.
pub(super) fn is_beside(name: &str, attributes: &Attributes<'_>, is_page: bool) -> bool {
    if attributes.range("hidden").is_some()
        && attributes.value("hidden").is_none_or(|(value, _)| value != "until-found")
    {
        return true;
    }
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let style = attributes.value("style").map(|(style, _)| style.to_ascii_lowercase().replace([' ', '\t', '\n'], ""));
    if style.is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden")) {
        return true;
    }
    let boxed = matches!(
        name,
        "div" | "section" | "ul" | "ol" | "aside" | "p" | "blockquote" | "span" | "ins" | "form" | "figure"
    );
    if !boxed && !name.starts_with("amp-") {
        return false;
    }
    if matches!(name, "amp-ad" | "amp-analytics" | "amp-sidebar" | "amp-embed") {
        return true;
    }
    let role = attributes.value("role").map(|(role, _)| role.to_ascii_lowercase());
    if is_page && matches!(role.as_deref(), Some("navigation" | "search" | "complementary" | "contentinfo" | "banner"))
    {
        return true;
    }
    ["class", "id"].iter().any(|key| {
        let Some((value, _)) = attributes.value(key) else { return false };
        let value = value.to_ascii_lowercase();
        value
            .split_ascii_whitespace()
            .take(12)
            .any(|token| is_ad(token) || is_post(token) || (is_page && is_page_part(token)))
    })
}

/// `ad-box`, `advertisement`, `adsbygoogle`.
fn is_ad(token: &str) -> bool {
    let first = token.split(['-', '_']).next().unwrap_or(token);
    matches!(
        token,
        "ad" | "ads" | "adsbygoogle" | "advert" | "adverts" | "advertisement" | "advertisements" | "sponsored"
    ) || (matches!(first, "ad" | "ads" | "advert" | "advertisement" | "dfp" | "gpt") && token.len() > first.len())
}

/// Posts of others that a page shows: their words are not the newsroom's.
fn is_post(token: &str) -> bool {
    matches!(
        token,
        "twitter-tweet"
            | "twitter-video"
            | "instagram-media"
            | "tiktok-embed"
            | "fb-post"
            | "bluesky-embed"
            | "mastodon-embed"
            | "reddit-embed-bq"
            | "reddit-card"
            | "threads-embed"
            | "text-post-media"
    )
}

/// Parts of a page that are none of its story.
fn is_page_part(token: &str) -> bool {
    matches!(
        token,
        "nav"
            | "navbar"
            | "navigation"
            | "menu"
            | "main-menu"
            | "site-header"
            | "site-footer"
            | "footer"
            | "sidebar"
            | "breadcrumb"
            | "breadcrumbs"
            | "pagination"
            | "pager"
            | "comments"
            | "comment-list"
            | "cookie-banner"
            | "skip-link"
            | "widget"
            | "widget-area"
            | "share"
            | "sharing"
            | "social"
            | "social-links"
            | "related"
            | "related-posts"
            | "related-articles"
            | "read-next"
            | "recirculation"
            | "newsletter-signup"
            | "modal"
            | "popup"
    )
}

/// Whether an element ends where the next block starts, closed or not.
pub(super) fn is_leaf(name: &str) -> bool {
    matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title" | "legend" | "summary" | "dt")
}

/// The kind of block that an element's name stands for.
pub(super) fn kind_of_name(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Headline,
        "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "summary" | "dt" => BlockKind::Heading,
        "li" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::BlockQuote,
        "figcaption" => BlockKind::Caption,
        "td" | "th" | "caption" => BlockKind::Table,
        "aside" | "details" => BlockKind::Note,
        _ => return None,
    })
}

/// The kind of block that an element's class, `itemprop` or `rel` plainly says.
pub(super) fn kind_of_class(attributes: &Attributes<'_>) -> Option<BlockKind> {
    ["class", "itemprop", "id"].iter().find_map(|name| {
        let (value, _) = attributes.value(name)?;
        // A long list of classes comes from a machine and says nothing plainly.
        value.to_ascii_lowercase().split_ascii_whitespace().take(12).find_map(kind_of_token)
    })
}

fn kind_of_token(token: &str) -> Option<BlockKind> {
    // `article-byline`, `story__dek`: the last word says what it is.
    let last = token.rsplit(['-', '_']).next().unwrap_or(token);
    Some(match last {
        "byline" => BlockKind::Byline,
        "dek" | "deck" | "standfirst" | "subheadline" => BlockKind::Dek,
        "dateline" => BlockKind::Dateline,
        "caption" | "cutline" | "figcaption" => BlockKind::Caption,
        "credit" | "photocredit" => BlockKind::Credit,
        "pullquote" => BlockKind::BlockQuote,
        "correction" => BlockKind::Note,
        "headline" if token != last || token == "headline" => BlockKind::Headline,
        _ => match token {
            "pull-quote" | "pull_quote" => BlockKind::BlockQuote,
            "author" | "authors" | "author-name" | "post-author" | "entry-author" => BlockKind::Byline,
            "wp-caption-text" | "caption-text" => BlockKind::Caption,
            "editors-note" | "editor-note" | "factbox" | "fact-box" => BlockKind::Note,
            "newsletter" | "newsletter-signup" | "related" | "related-links" | "related-articles"
            | "related-stories" | "social-share" | "share-buttons" | "comments" | "advertisement" | "donate"
            | "donation" | "author-bio" | "author-box" | "copyright" | "promo" => BlockKind::Boilerplate,
            _ => return None,
        },
    })
}
