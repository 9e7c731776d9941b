import { useEffect, useRef, useState } from 'react';
import store from '../data/store.json';
import { isPromoCode, maxQuantity, quote } from '../lib/checkout.ts';
import { useI18n } from '../lib/i18n.ts';
import { Checkout } from './Checkout.tsx';
import { CheckIcon, CloseIcon, MinusIcon, PlusIcon } from './Icons.tsx';
import { ProductArt } from './ProductArt.tsx';

function Quantity({ line, onChange }) {
  const { t, language } = useI18n();
  const name = line.product.name[language];

  return (
    <fieldset className="quantity">
      <legend className="visually-hidden">{t('cart.quantity', { name })}</legend>
      <button
        type="button"
        onClick={() => onChange(line.quantity - 1)}
        aria-label={t('cart.decrease')}
      >
        <MinusIcon />
      </button>
      <output>{line.quantity}</output>
      <button
        type="button"
        onClick={() => onChange(line.quantity + 1)}
        disabled={line.quantity >= maxQuantity(line.product)}
        aria-label={t('cart.increase')}
      >
        <PlusIcon />
      </button>
    </fieldset>
  );
}

function CartLine({ item, onQuantity, onRemove }) {
  const { t, language, formatMoney } = useI18n();
  const { product } = item.line;

  return (
    <li className="cart-line">
      <div className={`cart-art tint-${product.tint}`}>
        <ProductArt name={product.art} />
      </div>
      <div className="cart-line-text">
        <p className="cart-line-name">{product.name[language]}</p>
        <p className="cart-line-unit">{t('cart.each', { price: formatMoney(item.unit) })}</p>
        <Quantity line={item.line} onChange={onQuantity} />
      </div>
      <div className="cart-line-end">
        <p className="cart-line-total">{formatMoney(item.total)}</p>
        <button type="button" className="link-button" onClick={onRemove}>
          {t('cart.remove')}
        </button>
      </div>
    </li>
  );
}

function FreeShipping({ missing }) {
  const { t, formatMoney } = useI18n();
  const { freeFrom } = store.shipping;

  return (
    <div className="free-shipping">
      <p>
        {missing > 0 ? t('cart.freeFrom', { amount: formatMoney(missing) }) : t('cart.freeReached')}
      </p>
      <progress value={freeFrom - missing} max={freeFrom} aria-label={t('cart.shipping')} />
    </div>
  );
}

function PromoField({ code, onCode }) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(code);
  const [refused, setRefused] = useState(false);

  // The banner can set the code while the drawer is closed.
  useEffect(() => setDraft(code), [code]);

  const submit = (event) => {
    event.preventDefault();
    const known = draft.trim() === '' || isPromoCode(draft);
    setRefused(!known);
    if (known) onCode(draft.trim().toUpperCase());
  };

  return (
    <form className="promo-field" onSubmit={submit}>
      <label htmlFor="promo-code">{t('cart.code')}</label>
      <div className="promo-field-row">
        <input
          id="promo-code"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          autoComplete="off"
          aria-invalid={refused}
          aria-describedby="promo-code-note"
        />
        <button type="submit" className="button button-quiet">
          {t('cart.applyCode')}
        </button>
      </div>
      <p id="promo-code-note" className="field-error" role="status">
        {refused && t('cart.badCode')}
      </p>
    </form>
  );
}

function Totals({ offer }) {
  const { t, formatMoney, formatPercent } = useI18n();
  const { tax } = store;
  const taxText = { rate: formatPercent(tax.rate), label: tax.label };

  return (
    <dl className="totals">
      <dt>{t('cart.subtotal')}</dt>
      <dd>{formatMoney(offer.subtotal)}</dd>
      {offer.discount > 0 && (
        <>
          <dt className="totals-discount">{t('cart.discount')}</dt>
          <dd className="totals-discount">−{formatMoney(offer.discount)}</dd>
        </>
      )}
      <dt>{t('cart.shipping')}</dt>
      <dd>{offer.shipping === 0 ? t('cart.free') : formatMoney(offer.shipping)}</dd>
      <dt className="totals-sum">{t('cart.total')}</dt>
      <dd className="totals-sum">{formatMoney(offer.total)}</dd>
      <dt className="totals-tax">
        {t(tax.included ? 'cart.taxIncluded' : 'cart.taxAdded', taxText)}
      </dt>
      <dd className="totals-tax">{formatMoney(offer.tax)}</dd>
    </dl>
  );
}

function Thanks({ order, onClose }) {
  const { t, formatMoney } = useI18n();

  return (
    <div className="thanks" role="status">
      <CheckIcon />
      <h3>{t('checkout.thanks', { name: order.name })}</h3>
      <p>{t('checkout.thanksText', { number: order.number, email: order.email })}</p>
      <p className="thanks-total">{formatMoney(order.total)}</p>
      <button type="button" className="button" onClick={onClose}>
        {t('checkout.continue')}
      </button>
    </div>
  );
}

export function CartDrawer({ open, cart, promoCode, onPromoCode, onClose }) {
  const { t, tCount } = useI18n();
  const dialog = useRef(null);
  const [step, setStep] = useState('cart');
  const [order, setOrder] = useState(null);
  const offer = quote(cart.lines, promoCode);

  useEffect(() => {
    if (open) dialog.current.showModal();
    else dialog.current.close();
  }, [open]);

  const close = () => {
    setStep('cart');
    onClose();
  };

  const finish = (placed) => {
    setOrder(placed);
    setStep('thanks');
    cart.clear();
  };

  return (
    <dialog
      ref={dialog}
      className="drawer"
      closedby="any"
      onClose={close}
      aria-labelledby="cart-title"
    >
      <header className="drawer-head">
        <h2 id="cart-title">{t(step === 'cart' ? 'cart.title' : 'checkout.title')}</h2>
        {step === 'cart' && <span>{tCount('cart.items', cart.count)}</span>}
        <button type="button" className="icon-button" onClick={close} aria-label={t('cart.close')}>
          <CloseIcon />
        </button>
      </header>

      {step === 'thanks' && <Thanks order={order} onClose={close} />}

      {step === 'checkout' && (
        <Checkout offer={offer} onBack={() => setStep('cart')} onPlaced={finish} />
      )}

      {step === 'cart' && cart.count === 0 && <p className="drawer-empty">{t('cart.empty')}</p>}

      {step === 'cart' && cart.count > 0 && (
        <>
          <ul className="cart-lines">
            {offer.items.map((item) => (
              <CartLine
                key={item.line.product.id}
                item={item}
                onQuantity={(quantity) => cart.setQuantity(item.line.product, quantity)}
                onRemove={() => cart.setQuantity(item.line.product, 0)}
              />
            ))}
          </ul>
          <footer className="drawer-foot">
            <FreeShipping missing={offer.toFreeShipping} />
            <PromoField code={promoCode} onCode={onPromoCode} />
            <Totals offer={offer} />
            <button
              type="button"
              className="button button-wide"
              onClick={() => setStep('checkout')}
            >
              {t('cart.checkout')}
            </button>
          </footer>
        </>
      )}
    </dialog>
  );
}
