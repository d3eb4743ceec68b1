// How copydesk and Harper do on the same texts, for docs/comparison.md.
//
//     npm install --prefix target/harper harper.js@2.10.0
//     node scripts/beside-harper.mjs target/release/copydesk SLIPS.tsv STORY...
//
// SLIPS.tsv has a sentence with one slip a line, a tab, and the sentence as it should be. Of each program it prints how many
// slips it stops at, for how many it offers the right sentence, how many of the right sentences it stops at as well, and how
// many findings it has in a thousand words of the stories, which editors have been through.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [program, slips, ...stories] = process.argv.slice(2);
if (!stories.length) {
  console.error('usage: node scripts/beside-harper.mjs COPYDESK SLIPS.tsv STORY...');
  process.exit(2);
}
const harper = new URL('../target/harper/node_modules/harper.js/dist/', import.meta.url);
const { LocalLinter } = await import(new URL('index.js', harper));
const { binaryInlined } = await import(new URL('binaryInlined.js', harper));
const linter = new LocalLinter({ binary: binaryInlined });

// What a single sentence cannot have, and no slip is about: a date of publication, a byline.
const notOfSentences = /^(time\/no-publication-date|structure\/)/;

/** Findings of copydesk in `texts`, each with its key and the texts that its fixes make. */
function copydesk(texts) {
  const folder = mkdtempSync(join(tmpdir(), 'slips-'));
  texts.forEach((text, number) => writeFileSync(join(folder, `${number}.txt`), `${text}\n`));
  const args = ['--check', '--no-config', '--show', 'hint', '--format', 'json', folder];
  const { findings } = JSON.parse(run(args));
  rmSync(folder, { recursive: true });
  const all = texts.map(() => []);
  for (const { file, rule, message, fixes } of findings) {
    if (notOfSentences.test(rule)) continue;
    const number = Number(file.match(/(\d+)\.txt$/)[1]);
    const made = fixes.map(({ edits }) => applied(`${texts[number]}\n`, edits).trim());
    all[number].push({ key: `${rule} ${message}`, made });
  }
  return all;
}

function run(args) {
  try {
    return execFileSync(program, args, { maxBuffer: 1 << 30 });
  } catch (error) {
    // With findings, the exit code is 1.
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

/** `text` with `edits`, whose offsets are bytes. */
function applied(text, edits) {
  let bytes = Buffer.from(text);
  const last = [...edits].sort((a, b) => b.range.start.offset - a.range.start.offset);
  for (const { range, text } of last) {
    bytes = Buffer.concat([bytes.subarray(0, range.start.offset), Buffer.from(text), bytes.subarray(range.end.offset)]);
  }
  return bytes.toString();
}

/** The same of Harper. */
async function harperOn(texts) {
  const all = [];
  for (const text of texts) {
    const found = [];
    for (const lint of await linter.lint(text, { language: 'plaintext' })) {
      const made = [];
      for (const suggestion of lint.suggestions()) made.push(await linter.applySuggestion(text, lint, suggestion));
      found.push({ key: `${lint.get_problem_text()} ${lint.message()}`, made });
    }
    all.push(found);
  }
  return all;
}

const pairs = readFileSync(slips, 'utf8').trim().split('\n').map((line) => line.split('\t'));
const texts = pairs.flatMap(([wrong, right]) => [wrong, right]);
const copy = stories.map((story) => readFileSync(story, 'utf8'));
const words = copy.join(' ').split(/\s+/).length;

for (const [name, onSlips, onCopy] of [
  ['copydesk', copydesk(texts), JSON.parse(run(['--check', '--no-config', '--date', '2016-01-01', '--show', 'hint', '--format', 'json', ...stories])).findings.length],
  ['Harper', await harperOn(texts), (await harperOn(copy)).flat().length],
]) {
  let [found, offered, onRight] = [0, 0, 0];
  pairs.forEach(([, right], number) => {
    const [ofWrong, ofRight] = [onSlips[2 * number], onSlips[2 * number + 1]];
    const known = new Set(ofRight.map((finding) => finding.key));
    found += ofWrong.some((finding) => !known.has(finding.key));
    offered += ofWrong.some((finding) => finding.made.includes(right));
    onRight += ofRight.length > 0;
  });
  const each = ((onCopy * 1000) / words).toFixed(1);
  console.log(`${name}: of ${pairs.length} slips ${found} found, ${offered} with the right words; ${onRight} right sentences stopped at; ${each} findings in 1,000 words`);
}
