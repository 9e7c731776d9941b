import { categories, sortOrders } from '../lib/catalog.ts';
import { useI18n } from '../lib/i18n.ts';

export function Filters({ view, onChange, count }) {
  const { t, tCount } = useI18n();

  return (
    <div className="filters">
      <fieldset className="chips">
        <legend className="visually-hidden">{t('filter.label')}</legend>
        {['all', ...categories].map((category) => (
          <button
            key={category}
            type="button"
            className="chip"
            aria-pressed={view.category === category}
            onClick={() => onChange({ category })}
          >
            {t(`category.${category}`)}
          </button>
        ))}
      </fieldset>

      <p className="result-count" aria-live="polite">
        {tCount('results', count)}
      </p>

      <label className="check">
        <input
          type="checkbox"
          checked={view.inStockOnly}
          onChange={(event) => onChange({ inStockOnly: event.target.checked })}
        />
        {t('filter.inStock')}
      </label>

      <label className="sort">
        <span>{t('sort.label')}</span>
        <select value={view.sort} onChange={(event) => onChange({ sort: event.target.value })}>
          {sortOrders.map((order) => (
            <option key={order} value={order}>
              {t(`sort.${order}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
