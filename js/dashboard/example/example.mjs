// @ts-check
// What a page does with the element: it sets a property, and listens.

const view = document.querySelector('firn-view');
const origin = document.querySelector('#origin');

document.querySelector('#split')?.addEventListener('click', () => {
  if (view) view.view = view.view === 'split' ? 'unified' : 'split';
});

view?.addEventListener('firn-selection', ({ detail: { line, side, patch } }) => {
  const writer = patch ? `patch ${patch.id}: ${patch.reason ?? 'no reason given'}` : 'the baseline';
  if (origin) origin.textContent = `Line ${line} of the ${side} text comes from ${writer}.`;
});
