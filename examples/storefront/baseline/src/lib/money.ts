import store from '../data/store.json';

const currency = { style: 'currency', currency: store.currency } as const;

/** Yen have no minor unit, most currencies have two digits of it: Intl knows. */
const minorDigits =
  new Intl.NumberFormat('en', currency).resolvedOptions().maximumFractionDigits ?? 2;
const minorPerUnit = 10 ** minorDigits;

/** The catalog is priced in euro cents; a shelf price is in the store's own minor units. */
export function toShelfPrice(euroCents: number): number {
  const minor = (euroCents / 100) * store.exchangeRate * minorPerUnit;
  return Math.round(minor / store.priceStep) * store.priceStep;
}

export function moneyFormatter(locale: string): (minor: number) => string {
  const exact = new Intl.NumberFormat(locale, currency);
  const whole = new Intl.NumberFormat(locale, { ...currency, maximumFractionDigits: 0 });
  return (minor) => {
    const format = minor % minorPerUnit === 0 ? whole : exact;
    return format.format(minor / minorPerUnit);
  };
}
