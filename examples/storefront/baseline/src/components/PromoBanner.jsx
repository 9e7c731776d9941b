import { useI18n } from '../lib/i18n.ts';
import { CloseIcon } from './Icons.tsx';

export function PromoBanner({ promo, applied, onApply, onDismiss }) {
  const { t, formatPercent, formatDate } = useI18n();
  const lastDay = new Date(`${promo.endsOn}T12:00:00`);

  return (
    <aside className="promo" aria-label={t('promo.label')}>
      <p>
        <strong>{t('promo.text', { percent: formatPercent(promo.percent / 100) })}</strong>{' '}
        <span className="promo-ends">{t('promo.ends', { date: formatDate(lastDay) })}</span>
      </p>
      <button type="button" className="promo-apply" onClick={onApply} disabled={applied}>
        {applied ? t('promo.applied') : t('promo.apply', { code: promo.code })}
      </button>
      <button
        type="button"
        className="promo-close"
        aria-label={t('promo.dismiss')}
        onClick={onDismiss}
      >
        <CloseIcon />
      </button>
    </aside>
  );
}
