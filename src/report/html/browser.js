// Runs in the page. The page is whole without it: it filters, opens what a link leads to, and opens all for print.
const bar = document.querySelector('.filter');
const words = document.querySelector('#filter-words');
const outcome = document.querySelector('#filter-outcome');
const count = document.querySelector('#filter-count');
const openAll = document.querySelector('#open-all');
const rows = [...document.querySelectorAll('[data-row]')];
// The largest first, so that what is in them is hidden before they are looked at.
const groups = [...document.querySelectorAll('[data-group], main section')].reverse();
const texts = new Map();

function textOf(row) {
  if (!texts.has(row)) texts.set(row, `${row.id} ${row.textContent}`.toLowerCase());
  return texts.get(row);
}

function filter() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const group = outcome.value;
  const isFiltered = wanted.length > 0 || group !== '';
  let shown = 0;
  for (const row of rows) {
    const fits = (group === '' || row.dataset.row === group) && wanted.every((word) => textOf(row).includes(word));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  // The rows of a group come first in the document: inner groups are settled before outer ones.
  for (const one of groups) one.hidden = isFiltered && one.querySelector('[data-row]:not([hidden])') === null;
  count.textContent = isFiltered ? `${shown} of ${rows.length} lines` : '';
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

function setAll(open) {
  for (const one of document.querySelectorAll('main details')) one.open = open;
  openAll.setAttribute('aria-pressed', String(open));
  openAll.textContent = open ? 'Close all' : 'Open all';
}

bar.hidden = false;
words.addEventListener('input', filter);
outcome.addEventListener('change', filter);
openAll.addEventListener('click', () => setAll(openAll.getAttribute('aria-pressed') !== 'true'));
addEventListener('hashchange', openTarget);
openTarget();
