// @ts-check
/** What a patch that somebody just wrote in the page is called. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { draftFor } from '../../../js/dashboard/dist/js/page/draft.js';

/** @param {[id: string, file: string, order: number][]} patches @returns {any} */
const setWith = (...patches) => ({
  id: 'shop',
  strays: [],
  patches: patches.map(([id, file, order]) => ({
    file,
    stored: { path: `${id}.json`, bytes: async () => new Uint8Array() },
    entry: { id, file, patch: `${id}.json`, order },
  })),
});

const FILE = 'src/Cart.jsx';

/** @param {any} set @param {string} id @param {string} [reason] */
const draft = (set, id, reason = '') => draftFor(set, FILE, { id, reason });

describe('a patch that was just written', () => {
  it('is called as somebody says, in the letters that names have', () => {
    assert.equal(draft(setWith(), ' calm  cart! ').id, 'calm-cart-');
    assert.equal(draft(setWith(), '../../etc/passwd').id, 'etc-passwd');
    assert.equal(draft(setWith(), `x${'y'.repeat(200)}`).id.length, 80);
  });

  it('is called like its file when nobody says anything that is a name', () => {
    for (const id of ['', '  ', '…']) assert.equal(draft(setWith(), id).id, 'Cart');
    assert.equal(draftFor(setWith(), '.env', { id: '', reason: '' }).id, 'edit');
  });

  it('takes no name that is taken, capitals or not', () => {
    const set = setWith(['cart', FILE, 10], ['CART-2', 'b.txt', 10]);
    assert.equal(draft(set, '').id, 'Cart-3');
    assert.equal(draft(set, 'cart').patch, 'cart-3.json');
  });

  it('comes after all patches of its file', () => {
    const set = setWith(['a', FILE, 10], ['b', FILE, 35], ['c', 'b.txt', 90]);
    assert.equal(draft(set, 'd').order, 45);
  });

  it('says why only when somebody did', () => {
    assert.ok(!('reason' in draft(setWith(), 'a')));
    assert.equal(draft(setWith(), 'a', 'It is calmer').reason, 'It is calmer');
  });
});
