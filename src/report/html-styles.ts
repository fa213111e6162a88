/** How the HTML report looks: light and dark, wide and narrow, on paper. */

const colours = `
:root {
  --ground: #fbfbf9; --surface: #ffffff; --sunken: #f3f4f2; --line: #dfe1dd; --line-strong: #c3c7c1;
  --text: #1d2125; --quiet: #59616a; --link: #0b5a9d; --focus: #1668c1;
  --pass: #1a7f3c; --required: #b8232a; --recommended: #8a5800; --informative: #2460a7; --open: #6b7280;
  --pass-bar: #58ab73; --required-bar: #d64a4f; --recommended-bar: #dda23b; --informative-bar: #6aa0dc; --open-bar: #c9cdd1;
  --mark: #ffe0db; --mark-line: #c0262d; --tint: #fdf1ef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --surface: #1b1f23; --sunken: #101315; --line: #2d3338; --line-strong: #454d54;
    --text: #e4e7ea; --quiet: #a2abb4; --link: #82bbf2; --focus: #82bbf2;
    --pass: #74d093; --required: #ff938b; --recommended: #efbf63; --informative: #8dbcf7; --open: #a2abb4;
    --pass-bar: #3f8f5a; --required-bar: #d9575a; --recommended-bar: #c08a2c; --informative-bar: #4f86c6; --open-bar: #4a5259;
    --mark: #5c2320; --mark-line: #ff938b; --tint: #241b1c;
  }
}`;

const base = `
*, *::before, *::after { box-sizing: border-box; }
html { color-scheme: light dark; scroll-padding-top: 6.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); -webkit-text-size-adjust: 100%;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4, h5, p, dl, dd, ol, ul, pre, fieldset { margin: 0; padding: 0; }
h2 { font-size: 1.2rem; line-height: 1.3; font-weight: 650; }
ul, ol { list-style: none; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .86em; }
a { color: var(--link); text-underline-offset: .15em; }
a code { overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; box-shadow: inset 0 -2px var(--mark-line); border-radius: 2px; padding: 0 1px; }
fieldset { border: 0; min-width: 0; }
summary { cursor: pointer; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.quiet { color: var(--quiet); font-weight: 400; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -99rem; padding: .5rem 1rem; background: var(--surface); z-index: 3; }
.skip:focus { left: 1rem; top: .5rem; }
.level { color: var(--quiet); font-size: .84rem; white-space: nowrap; }
button { font: inherit; font-size: .84rem; color: var(--text); background: var(--surface); cursor: pointer;
  border: 1px solid var(--line-strong); border-radius: 6px; padding: .2rem .65rem; }
button:hover { border-color: var(--quiet); }
footer { max-width: 84rem; margin: 0 auto; padding: 1.5rem 1.5rem 3rem; color: var(--quiet); font-size: .84rem; }`;

const overview = `
body > header, .columns { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { padding-top: 2.25rem; padding-bottom: 1.75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
.run-verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem 1rem; margin-top: .9rem; }
.run-verdict .word { font-size: 1.15rem; font-weight: 650; padding: .2rem .85rem .25rem; border-radius: 6px; color: var(--ground); }
.part { margin-top: .9rem; padding: .5rem .9rem; background: var(--sunken); border-left: 3px solid var(--recommended-bar); overflow-wrap: anywhere; }
.run-verdict .reason { overflow-wrap: anywhere; min-width: 0; }
.conformant .word { background: var(--pass); } .nonconformant .word { background: var(--required); } .inconclusive .word { background: var(--recommended); }
.bar { display: block; width: 100%; height: 10px; margin-top: 1.25rem; border-radius: 5px; background: var(--open-bar); }
.bar .pass { fill: var(--pass-bar); } .bar .not-exercised { fill: var(--open-bar); }
.bar .required { fill: var(--required-bar); } .bar .recommended { fill: var(--recommended-bar); } .bar .informative { fill: var(--informative-bar); }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; margin-top: .55rem; }
.counts li::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .45rem; border-radius: 3px; background: var(--open-bar); }
.counts .pass::before { background: var(--pass-bar); } .counts .required::before { background: var(--required-bar); }
.counts .recommended::before { background: var(--recommended-bar); } .counts .informative::before { background: var(--informative-bar); }
.run { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin-top: 1.1rem; }
.run dt { color: var(--quiet); font-size: .8rem; } .run dd { overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2.5rem; }
nav { display: none; }
@media (min-width: 72rem) {
  .columns { grid-template-columns: 15.5rem minmax(0, 1fr); }
  nav { display: block; position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; font-size: .87rem; }
}
nav a { display: flex; gap: .5rem; padding: .22rem .6rem; color: inherit; text-decoration: none; border-radius: 5px; }
nav a:hover { background: var(--sunken); }
nav a > :first-child { flex: none; min-width: 4.3rem; font-weight: 550; }
nav a > .quiet { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav .failed { color: var(--required); font-weight: 600; white-space: nowrap; }
main > * { margin-bottom: 2.25rem; }
.failing ol { margin-top: .7rem; border-top: 1px solid var(--line); }
.failing li { border-bottom: 1px solid var(--line); padding: .55rem 0 .6rem .9rem; box-shadow: inset 3px 0 var(--informative-bar); overflow-wrap: anywhere; }
.failing li.required { box-shadow: inset 3px 0 var(--required-bar); } .failing li.recommended { box-shadow: inset 3px 0 var(--recommended-bar); }
.failing a { font-weight: 600; margin-right: .5rem; }
.not-exercised-reasons summary h2 { display: inline; font-size: 1rem; }
.not-exercised-reasons dl { margin-top: .6rem; padding-left: 1rem; }
.not-exercised-reasons dd { margin: .1rem 0 .8rem; font-size: .87rem; overflow-wrap: anywhere; }
.not-exercised-reasons dd a { display: inline-block; margin-right: .7rem; }
.choices { margin-bottom: 2rem; } .choices summary h2 { display: inline; font-size: 1rem; }
.choices table { width: 100%; border-collapse: collapse; margin-top: .6rem; table-layout: fixed; } .choices :is(th, td) { padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; font-size: .9rem; overflow-wrap: anywhere; }
.choices h5 { margin-top: .5rem; } .choices thead th { color: var(--quiet); border-bottom: 2px solid var(--line-strong); } .choices th :is(.id, .quiet) { display: block; font-size: .78rem; color: var(--quiet); }
@media (max-width: 48rem) { .choices thead { display: none; } .choices :is(tr, th, td) { display: block; } .choices th { border: 0; padding-bottom: 0; } }`;

const filters = `
.filters { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .45rem .9rem;
  padding: .6rem 0; margin-bottom: 1rem; background: var(--ground); border-bottom: 1px solid var(--line); }
.filters fieldset { display: flex; flex-wrap: wrap; gap: .3rem; }
.filters div { display: flex; flex: 1 1 100%; flex-wrap: wrap; align-items: center; gap: .5rem; }
.filters label span { display: inline-block; padding: .18rem .6rem; border: 1px solid var(--line-strong); border-radius: 6px; font-size: .84rem; cursor: pointer; background: var(--surface); }
.filters input[type=radio], .filters input[type=checkbox] { position: absolute; opacity: 0; }
.filters input:checked + span { background: var(--text); color: var(--ground); border-color: var(--text); }
.filters input[type=checkbox]:not(:checked) + span { color: var(--quiet); text-decoration: line-through; background: transparent; }
.filters input:focus-visible + span { outline: 2px solid var(--focus); outline-offset: 2px; }
.filters .text { flex: 1 1 10rem; min-width: 8rem; }
.filters input[type=search] { width: 100%; font: inherit; font-size: .9rem; padding: .2rem .6rem; color: inherit; background: var(--surface); border: 1px solid var(--line-strong); border-radius: 6px; }
.filters input::placeholder { color: var(--quiet); opacity: 1; }
.filters .paper { font-size: .84rem; white-space: nowrap; } .filters .paper input { position: static; opacity: 1; vertical-align: -.1em; }
.filters p { min-width: 8rem; font-size: .84rem; font-variant-numeric: tabular-nums; }
.none { padding: 2rem 0; color: var(--quiet); }`;

const rows = `
.table { margin-bottom: 2.5rem; }
.table-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1rem; padding-bottom: .45rem; border-bottom: 2px solid var(--line-strong); }
.table-head h2 span { color: var(--quiet); font-weight: 400; margin-left: .35rem; } .table-head p { font-size: .84rem; }
.row { display: grid; grid-template-columns: 11.25rem minmax(0, 1fr); border-bottom: 1px solid var(--line); }
.row > h3 { padding: .5rem .75rem .5rem 0; font-size: .95rem; font-weight: 600; overflow-wrap: anywhere; }
.clause + .clause { border-top: 1px solid var(--line); }
.clause > summary { display: grid; grid-template-columns: 7.6rem minmax(0, 1fr) 6.4rem 3.4rem; gap: 0 .75rem; align-items: baseline; padding: .42rem .6rem; list-style: none; }
.clause > summary::-webkit-details-marker { display: none; }
.clause > summary:hover, .clause[open] > summary { background: var(--sunken); }
.clause > summary:focus-visible { outline-offset: -2px; }
/* A link opens its clause without a script, too. */
.clause:target::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
.clause:target > summary { box-shadow: inset 3px 0 var(--focus); }
.verdict { font-size: .87rem; font-weight: 500; color: var(--open); white-space: nowrap; }
.pass .verdict { color: var(--pass); } .fail .verdict { color: var(--informative); font-weight: 600; }
.fail.required .verdict { color: var(--required); } .fail.recommended .verdict { color: var(--recommended); }
.fail .title { font-weight: 600; }
.title { overflow-wrap: anywhere; } .title .id { display: block; color: var(--quiet); font-size: .76rem; font-weight: 400; }
.title .why { display: block; color: var(--quiet); font-size: .84rem; }
.times { text-align: right; color: var(--quiet); font-size: .84rem; font-variant-numeric: tabular-nums; }
.opened { padding: .6rem .9rem 1.1rem; border-top: 1px solid var(--line); }
.facts { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .25rem 1rem; max-width: 60rem; }
.facts dt { color: var(--quiet); } .facts dd { overflow-wrap: anywhere; }`;

const findings = `
.finding { margin-top: 1.1rem; padding: .9rem 1rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.finding h4, .finding h5 { font-size: .8rem; font-weight: 600; color: var(--quiet); }
.finding h5 { margin: .9rem 0 .3rem; }
.finding .message { font-size: 1.05rem; font-weight: 600; overflow-wrap: anywhere; }
:is(.finding, .answer) pre { max-height: 26rem; overflow: auto; padding: .65rem .8rem; background: var(--sunken); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; }
:is(.finding, .answer) pre .name { color: var(--quiet); } .finding .missing { margin-bottom: .3rem; font-size: .87rem; overflow-wrap: anywhere; }
.cut { color: var(--quiet); }
.exchange { display: grid; gap: 0 1rem; }
.exchange section { min-width: 0; }
@media (min-width: 56rem) { .finding .exchange { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.command { position: relative; } .command h5 { margin-bottom: .5rem; } .command button { position: absolute; right: 0; top: -.45rem; }`;

const compared = `
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.5rem; margin-top: 1.2rem; }
.sides section { padding: .9rem 1rem; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; overflow-wrap: anywhere; }
.diff { max-width: 84rem; margin: 0 auto; padding: 0 1.5rem; } .diff h2 { margin-bottom: .6rem; }
.diff table { width: 100%; border-collapse: collapse; table-layout: fixed; } .diff :is(th, td) { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; font-weight: 400; }
.diff thead th { color: var(--quiet); font-size: .84rem; border-bottom: 2px solid var(--line-strong); } .diff .id { display: block; color: var(--quiet); font-size: .76rem; }
.diff td p { font-size: .9rem; }
@media (max-width: 48rem) { .diff { padding: 0 1rem; } .diff thead { display: none; } .diff :is(tr, th, td) { display: block; } .diff :is(th, td) { border: 0; padding: .2rem 0; }
  .diff tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } .diff td:nth-of-type(1)::before { content: "before "; color: var(--quiet); } .diff td:nth-of-type(2)::before { content: "after "; color: var(--quiet); } }`;

const narrow = `
@media (max-width: 48rem) {
  body > header, .columns { padding-left: 1rem; padding-right: 1rem; }
  h1 { font-size: 1.45rem; }
  .filters { position: static; }
  .row { grid-template-columns: minmax(0, 1fr); } .row > h3 { padding: .6rem 0 .1rem; }
  .clause > summary { grid-template-columns: minmax(0, 1fr) auto auto; padding: .45rem .3rem; }
  .clause .title { grid-column: 1 / -1; grid-row: 2; }
  .opened { padding: .6rem .3rem 1rem; } .facts { grid-template-columns: minmax(0, 1fr); } .facts dd { margin-bottom: .4rem; }
  .finding { padding: .8rem .7rem; }
}
@media (pointer: coarse) { .filters label span, button { padding: .4rem .75rem; } }`;

/** On paper goes what a person acts on: the verdict, what fails in full, and why the rest was not exercised. */
const paper = `
@media print {
  :root { --ground: #fff; --surface: #fff; --sunken: #fff; --text: #000; --quiet: #444; --line: #ccc; --line-strong: #888; --link: #000; --mark: #ffe0db; --mark-line: #b8232a;
    --pass: #14632f; --required: #a01c22; --recommended: #6f4700; --informative: #1d4f8a; --open: #444; }
  @page { margin: 14mm; }
  body { font-size: 9pt; line-height: 1.35; } nav, .filters, .skip, button { display: none !important; }
  .columns { display: block; } .bar, .counts li::before, mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body > header { padding: 0 0 1rem; } h1 { font-size: 1.4rem; } main > * { margin-bottom: 1rem; }
  .conformant .word, .nonconformant .word, .inconclusive .word { background: none; color: #000; border: 2px solid currentcolor; padding: 0 .5rem; }
  .nonconformant .word { color: var(--required); } .conformant .word { color: var(--pass); }
  .not-exercised-reasons::details-content, .clause.fail::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
  body:not(:has([name=paper]:checked)) :is(.clause:not(.fail), .row:not(:has(.clause.fail)), .table:not(:has(.clause.fail))) { display: none !important; }
  .failing li p { display: none; }
  .finding { padding: .4rem .6rem; margin-top: .5rem; } .finding pre { max-height: none; padding: .3rem .5rem; font-size: 7pt; line-height: 1.3; }
  .finding, .exchange { break-inside: auto; } .clause > summary, .table-head, .finding .message { break-inside: avoid; break-after: avoid; }
  a { text-decoration: none; }
}`;

/** The style sheet. */
export const styles: string = [
  colours,
  base,
  overview,
  filters,
  rows,
  findings,
  compared,
  narrow,
  paper,
].join('\n');
