/** What the HTML report does in a browser: filters, links that open rows, copying, printing. */

/** The script. It only shows, hides, opens and copies what the document has; it never makes markup. */
export const script: string = String.raw`
'use strict';
(() => {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const form = document.querySelector('form[data-filters]');
  const status = form.querySelector('[data-shown]');
  const none = document.querySelector('[data-none]');
  const clauses = all('#clauses .clause');
  const rows = all('#clauses .row');
  const tables = all('#clauses .table');
  const counted = clauses.filter(clause => clause.dataset.verdict !== 'excluded').length;

  const texts = new Map();
  const textOf = clause => {
    if (!texts.has(clause)) {
      const parts = all(':scope > summary > .title, .message', clause).map(part => part.textContent);
      const row = clause.closest('.row').querySelector('h3').textContent;
      texts.set(clause, [row, ...parts].join(' ').toLowerCase());
    }
    return texts.get(clause);
  };

  const filter = () => {
    const verdict = form.elements.verdict.value;
    const levels = all('input[name=level]:checked', form).map(input => input.value);
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const clause of clauses) {
      const { verdict: own, level } = clause.dataset;
      const fits = (verdict === '' || own === verdict) && (own === 'excluded' || levels.includes(level)) &&
        words.every(word => textOf(clause).includes(word));
      clause.hidden = !fits;
      if (fits && own !== 'excluded') shown++;
    }
    for (const row of rows) row.hidden = all('.clause', row).every(clause => clause.hidden);
    for (const table of tables) table.hidden = all('.row', table).every(row => row.hidden);
    none.hidden = tables.some(table => !table.hidden);
    status.textContent = shown === counted ? counted + ' clauses' : shown + ' of ' + counted + ' clauses';
  };

  const showMark = clause => {
    for (const mark of all('pre mark', clause)) {
      const box = mark.closest('pre');
      const offset = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
      if (offset > box.clientHeight - 40) box.scrollTop = offset - box.clientHeight / 3;
    }
  };

  const openLinked = () => {
    let id = '';
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const clause = clauses.find(each => each.id === id);
    if (!clause) return;
    if (clause.hidden) { form.reset(); filter(); }
    clause.open = true;
    clause.scrollIntoView();
    clause.querySelector('summary').focus({ preventScroll: true });
  };

  const copy = async button => {
    const command = button.parentElement.querySelector('pre');
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(command);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  };

  const openAll = open => {
    for (const clause of clauses) if (!clause.hidden) clause.open = open;
  };

  form.addEventListener('input', filter);
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', event => event.preventDefault());
  form.querySelector('[data-open]').addEventListener('click', () => openAll(true));
  form.querySelector('[data-close]').addEventListener('click', () => openAll(false));
  document.addEventListener('toggle', event => {
    if (event.target.open && event.target.matches('.clause')) showMark(event.target);
  }, true);
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-copy]');
    if (button) copy(button);
    else if (event.target.closest('a[href^="#"]')) setTimeout(openLinked);
  });
  addEventListener('hashchange', openLinked);
  // By then the browser has followed the fragment itself, which takes the focus away.
  addEventListener('load', () => setTimeout(openLinked));

  let openedForPaper = [];
  addEventListener('beforeprint', () => {
    const folded = clauses.filter(clause => clause.dataset.verdict === 'fail' && !clause.hidden);
    openedForPaper = [...all('.not-exercised-reasons'), ...folded].filter(part => !part.open);
    for (const clause of openedForPaper) clause.open = true;
  });
  addEventListener('afterprint', () => { for (const clause of openedForPaper) clause.open = false; });

  for (const part of all('[data-filters], [data-copy]')) part.hidden = false;
  filter();
})();
`;
