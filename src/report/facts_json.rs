//! The fact sheet as JSON.

use serde::Serialize;
use serde_json::{Value, json};

use crate::prose::Passage;
use crate::story::Story;
use crate::story::figure::Unit;
use crate::text::{SourceRange, Span};

/// The facts of `story` as JSON, with its places as `place` writes them.
pub fn facts_with_ranges<R: Serialize>(story: &Story, place: impl Fn(&SourceRange) -> R) -> Value {
    let range = |passage: Passage| place(&passage.to_source(&story.document.blocks));
    let published = story.published.as_ref().map(|published| {
        json!({
            "date": published.date.to_string(),
            "origin": published.origin,
            "range": published.range.as_ref().map(&place),
        })
    });
    let quotes: Vec<Value> = story
        .quotes
        .iter()
        .map(|q| {
            json!({
                "range": range(q.passage),
                "kind": format!("{:?}", q.kind).to_lowercase(),
                "closed": q.closed,
                "continued": q.continued,
                "basis": format!("{:?}", q.basis).to_lowercase(),
                "speaker": q.speaker.as_ref().map(|s| json!({
                    "range": range(s.passage),
                    "name": story.slice(s.passage),
                    "person": s.person.map(|p| &story.people[p].name),
                    "candidates": s.candidates.iter().map(|&p| &story.people[p].name).collect::<Vec<_>>(),
                })),
                "cue": q.cue.map(|c| json!({"range": range(c), "text": story.slice(c)})),
            })
        })
        .collect();
    let dates: Vec<Value> = story
        .times
        .iter()
        .map(|t| {
            json!({
                "range": range(t.passage),
                "text": story.slice(t.passage),
                "kind": format!("{:?}", t.kind).to_lowercase(),
                "value": t.value,
                "from": t.from.map(|d| d.to_string()),
                "to": t.to.map(|d| d.to_string()),
                "assumed": t.assumed,
            })
        })
        .collect();
    let people: Vec<Value> = story
        .people
        .iter()
        .map(|p| {
            json!({
                "name": p.name,
                "titles": p.titles,
                "gender": format!("{:?}", p.gender).to_lowercase(),
                "mentions": p.mentions.iter().map(|m| json!({
                    "range": range(m.passage),
                    "text": story.slice(m.passage),
                    "form": format!("{:?}", m.form).to_lowercase(),
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let figures: Vec<Value> = story
        .figures
        .iter()
        .filter_map(|f| {
            let local = story.paragraphs[f.passage.paragraph()].figures.figures.get(f.local)?;
            let noun = local.noun.map(|n| Passage { span: n, ..f.passage });
            Some(json!({
                "range": range(f.passage),
                "text": story.slice(f.passage),
                "value": local.value,
                "rounding": local.rounding,
                "unit": unit(&local.unit),
                "noun": noun.map(|n| json!({"range": range(n), "text": story.slice(n)})),
                "inWords": local.in_words,
                "bound": local.bound.map(|b| format!("{b:?}").to_lowercase()),
                "rangeEnd": local.range.map(|r| format!("{r:?}").to_lowercase()),
            }))
        })
        .collect();
    let photos: Vec<Value> = story
        .photos
        .iter()
        .map(|p| {
            let text = |passage: Passage| json!({"range": range(passage), "text": story.slice(passage)});
            let image = p.image.and_then(|i| story.document.images.get(i));
            json!({
                "image": image.map(|i| &i.src),
                "caption": p.caption.map(text),
                "captionDate": p.caption_date.map(text),
                "presentVerb": p.present_verb.map(text),
                "credit": p.credit.as_ref().map(|c| {
                    let part = |span: Option<Span>| span.map(|s| story.slice(Passage { span: s, ..c.passage }));
                    json!({
                        "range": range(c.passage),
                        "text": story.slice(c.passage),
                        "label": part(c.label),
                        "photographer": part(c.photographer),
                        "agency": part(c.agency),
                        "owner": c.owner.map(|o| format!("{o:?}").to_lowercase()),
                        "via": part(c.via),
                        "file": part(c.file),
                        "date": part(c.date),
                    })
                }),
                "metadata": p.metadata.as_ref().map(|m| json!({
                    "creator": m.creator,
                    "credit": m.credit,
                    "source": m.source,
                    "copyright": m.copyright,
                    "taken": m.taken.map(|d| d.to_string()),
                    "description": m.description,
                    "digitalSource": m.digital_source,
                })),
            })
        })
        .collect();
    let organisations: Vec<Value> = story
        .organisations
        .iter()
        .map(|o| {
            json!({
                "name": o.name,
                "acronym": o.acronym,
                "wellKnown": o.well_known,
                "introduced": o.introduced.map(|p| json!({"range": range(p), "fits": o.fits})),
                "mentions": o.full_mentions.iter().map(|&p| range(p)).collect::<Vec<_>>(),
                "acronymMentions": o.acronym_mentions.iter().map(|&p| range(p)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let sources: Vec<Value> = story
        .sources
        .iter()
        .map(|s| {
            json!({
                "range": range(s.passage),
                "text": story.slice(s.passage),
                "kind": format!("{:?}", s.kind).to_lowercase(),
                "cue": s.cue.map(|c| json!({"range": range(c), "text": story.slice(c)})),
                "person": s.person.and_then(|p| story.people.get(p)).map(|p| &p.name),
                "reasonGiven": s.reason_given,
            })
        })
        .collect();
    let claims: Vec<Value> = story
        .claims
        .iter()
        .map(|c| {
            json!({
                "range": range(c.passage),
                "text": story.slice(c.passage),
                "kinds": c.kinds.iter().map(|(k, _)| format!("{k:?}").to_lowercase()).collect::<Vec<_>>(),
                // Two decimals are all the weights carry.
                "score": (f64::from(c.score) * 100.0).round() / 100.0,
                "sourced": c.sourced,
            })
        })
        .collect();
    json!({ "published": published, "quotes": quotes, "dates": dates, "people": people, "figures": figures, "photos": photos, "organisations": organisations, "sources": sources, "claims": claims })
}

/// What a figure measures: the currency's code, the short form of a measure, or the name of the kind.
fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Money(code) => code.clone(),
        Unit::Measure(short) => short.clone(),
        kind => format!("{kind:?}").to_lowercase(),
    }
}
