import { type FormEvent, type HTMLInputTypeAttribute, useId, useState } from 'react';
import store from '../data/store.json';
import {
  type Errors,
  emptyForm,
  type Order,
  type OrderForm,
  type Payment,
  placeOrder,
  type Quote,
  validate,
} from '../lib/checkout.ts';
import { useI18n } from '../lib/i18n.ts';

interface FieldProps {
  name: keyof OrderForm;
  form: OrderForm;
  errors: Errors;
  onChange: (change: Partial<OrderForm>) => void;
  autoComplete: string;
  type?: HTMLInputTypeAttribute;
}

function Field({ name, form, errors, onChange, autoComplete, type = 'text' }: FieldProps) {
  const { t } = useI18n();
  const id = useId();
  const error = errors[name];

  return (
    <p className="field">
      <label htmlFor={id}>{t(`checkout.${name}`)}</label>
      <input
        id={id}
        type={type}
        value={form[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
        autoComplete={autoComplete}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error`}
      />
      <span id={`${id}-error`} className="field-error">
        {error && t(error)}
      </span>
    </p>
  );
}

interface CheckoutProps {
  offer: Quote;
  onBack: () => void;
  onPlaced: (order: Order) => void;
}

export function Checkout({ offer, onBack, onPlaced }: CheckoutProps) {
  const { t, formatMoney } = useI18n();
  const [form, setForm] = useState<OrderForm>(emptyForm);
  const [errors, setErrors] = useState<Errors>({});

  const change = (part: Partial<OrderForm>) => setForm((current) => ({ ...current, ...part }));
  const field = { form, errors, onChange: change };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = validate(form);
    setErrors(found);
    if (Object.keys(found).length === 0) onPlaced(placeOrder(offer, form));
  };

  return (
    <form className="checkout" onSubmit={submit} noValidate>
      <div className="checkout-fields">
        <Field name="name" autoComplete="name" {...field} />
        <Field name="email" autoComplete="email" type="email" {...field} />
        <Field name="street" autoComplete="street-address" {...field} />
        <Field name="city" autoComplete="address-level2" {...field} />

        <fieldset className="payments">
          <legend>{t('checkout.payment')}</legend>
          {(store.payments as Payment[]).map((payment) => (
            <label key={payment} className="payment">
              <input
                type="radio"
                name="payment"
                checked={form.payment === payment}
                onChange={() => change({ payment })}
              />
              {t(`payment.${payment}`)}
            </label>
          ))}
        </fieldset>
      </div>

      <footer className="drawer-foot">
        <button type="submit" className="button button-wide">
          {t('checkout.pay', { amount: formatMoney(offer.total) })}
        </button>
        <button type="button" className="link-button" onClick={onBack}>
          {t('checkout.back')}
        </button>
      </footer>
    </form>
  );
}
