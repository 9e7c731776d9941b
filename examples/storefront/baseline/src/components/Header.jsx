import store from '../data/store.json';
import { languages, useI18n } from '../lib/i18n.ts';
import { BagIcon, MoonIcon, PineIcon, SearchIcon, SunIcon } from './Icons.tsx';

const themes = ['auto', 'light', 'dark'];

export function Header({
  query,
  onQuery,
  language,
  onLanguage,
  theme,
  onTheme,
  cartCount,
  onCart,
}) {
  const { t } = useI18n();
  const nextTheme = themes[(themes.indexOf(theme) + 1) % themes.length];

  return (
    <header className="header">
      <a className="brand" href="./">
        <PineIcon className="brand-mark" />
        <span className="brand-name">{store.name}</span>
      </a>

      <search className="search">
        <SearchIcon />
        <input
          type="search"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
        />
      </search>

      <div className="header-tools">
        <select
          className="language"
          value={language}
          onChange={(event) => onLanguage(event.target.value)}
          aria-label={t('language.label')}
        >
          {languages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>

        <button
          type="button"
          className="icon-button"
          onClick={() => onTheme(nextTheme)}
          aria-label={t('theme.switch', { theme: t(`theme.${nextTheme}`) })}
          title={t(`theme.${theme}`)}
        >
          {theme === 'dark' ? <MoonIcon /> : <SunIcon half={theme === 'auto'} />}
        </button>

        <button type="button" className="cart-button" onClick={onCart}>
          <BagIcon />
          <span className="cart-button-label">{t('cart.title')}</span>
          <span className="cart-count" key={cartCount}>
            {cartCount}
          </span>
        </button>
      </div>
    </header>
  );
}
