import store from '../data/store.json';
import { useI18n } from '../lib/i18n.ts';
import { PineIcon } from './Icons.tsx';

const links = [
  { key: 'footer.shipping', href: './policies.html#shipping' },
  { key: 'footer.returns', href: './policies.html#returns' },
  { key: 'footer.terms', href: './policies.html#terms' },
  { key: 'footer.privacy', href: './policies.html#privacy' },
];

export function Footer() {
  const { t } = useI18n();
  const year = new Date().getFullYear();

  return (
    <footer className="footer">
      <div className="footer-columns">
        <section>
          <p className="footer-brand">
            <PineIcon />
            {store.name}
          </p>
          <p>{t('footer.about')}</p>
        </section>

        <nav aria-label={t('footer.help')}>
          <h2>{t('footer.help')}</h2>
          <ul>
            {links.map(({ key, href }) => (
              <li key={key}>
                <a href={href}>{t(key)}</a>
              </li>
            ))}
          </ul>
        </nav>

        <section>
          <h2>{t('footer.visit')}</h2>
          <address>
            {store.address.map((line) => (
              <span key={line}>{line}</span>
            ))}
            <a href={`mailto:${store.email}`}>{store.email}</a>
          </address>
        </section>
      </div>

      <p className="footer-small">
        © {year} {store.name}. {t('footer.small')}
      </p>
    </footer>
  );
}
