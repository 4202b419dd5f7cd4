// The same form without a framework and without a bundler.

import { leadlex } from 'pipelint';

const deal = leadlex.createDeal.with({ coerce: true, labels: 'title' });
const FIELDS = [
  ['name', 'Deal name', ''],
  ['stage', 'Stage', ''],
  ['status', 'Status', 'active, won or lost'],
  ['estimated_value', 'Estimated value', 'in whole units'],
  ['currency', 'Currency', 'for example USD'],
  ['probability', 'Win probability (%)', 'from 0 to 100'],
  ['follow_up_date', 'Next follow-up', 'for example 2030-03-15'],
];

const form = document.querySelector('form');
const fix = document.getElementById('fix');
const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const left = new Set();
let isSubmitted = false;

for (const [name, label, hint] of FIELDS) {
  const input = element('input', { id: name, name, autocomplete: 'off', onblur: () => (left.add(name), show()) });
  input.setAttribute('aria-describedby', `${name}-hint ${name}-about`);
  const about = element('div', { id: `${name}-about` });
  about.setAttribute('aria-live', 'polite');
  form.lastElementChild.before(
    element('div', { className: 'field' }, element('label', { htmlFor: name }, label), input, element('small', { id: `${name}-hint` }, hint), about),
  );
}

const sentence = ({ message, help }) => (help === null ? message : `${message}. ${help}`);

function show() {
  const report = deal.check(new FormData(form));
  for (const [name] of FIELDS) {
    const own = report.diagnostics.filter(({ path }) => path[0] === name);
    const error = isSubmitted || left.has(name) ? own.find(({ severity }) => severity === 'error') : undefined;
    const warnings = own.filter(({ severity }) => severity === 'warning');
    document.getElementById(name).ariaInvalid = String(error !== undefined);
    document.getElementById(`${name}-about`).replaceChildren(
      ...(error === undefined ? [] : [element('p', { className: 'error', id: `${name}-error` }, sentence(error))]),
      ...(warnings.length === 0 ? [] : [element('ul', { className: 'warning', id: `${name}-warnings` }, ...warnings.map((one) => element('li', {}, sentence(one))))]),
    );
  }
  const titles = report.diagnostics.flatMap(({ fix }) => (fix?.applicability === 'safe' ? [fix.title] : []));
  fix.hidden = titles.length === 0;
  fix.textContent = `Fix: ${titles.join(', ')}`;
  return report;
}

form.addEventListener('input', show);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  isSubmitted = true;
  if (show().ok) document.getElementById('saved').textContent = JSON.stringify(deal.parse(new FormData(form)));
  else form.querySelector('[aria-invalid="true"]').focus();
});
fix.addEventListener('click', () => {
  const report = deal.check(new FormData(form));
  const before = JSON.parse(report.text);
  for (const [name, value] of Object.entries(report.fixed())) if (value !== before[name]) form.elements[name].value = value;
  show();
});
