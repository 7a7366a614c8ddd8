import { UPDATE_SKIPS, type UpdatePreview } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import styles from './Incident.module.css';

/** Who gets it, how it reads for three of them, and who does not get it and why. */
export const Reach = ({ reach }: { reach: UpdatePreview }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { total, reached, by, skipped, skippedCases, examples } = reach;
  return (
    <div className={styles.reach}>
      <h3>{t('reach.title', { count: reached, total })}</h3>
      <ul className={styles.counts}>
        {by.map((each) => (
          <li key={`${each.channel} ${each.language}`}>
            <ChannelGlyph channel={each.channel} size={13} aria-hidden /> <b>{each.count}</b>{' '}
            {t(`channel.${each.channel}.name`)}, {t(`reach.language.${each.language}`)}
          </li>
        ))}
      </ul>
      {examples.length > 0 ? (
        <ul className={styles.examples} aria-label={t('reach.examples')}>
          {examples.map(({ caseId, customer, channel, text }) => (
            <li key={caseId}>
              <small>
                <ChannelGlyph channel={channel} size={12} aria-hidden /> {customer}
              </small>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      ) : null}
      {skipped.length > 0 ? (
        <details>
          <summary>{t('reach.skipped', { count: total - reached })}</summary>
          <ul className={styles.counts}>
            {skipped.map(({ reason, count }) => (
              <li key={reason}>
                <b>{count}</b> {UPDATE_SKIPS[reason][language]}
              </li>
            ))}
          </ul>
          <ul className={styles.named}>
            {skippedCases.map(({ caseId, customer, reference, reason }) => (
              <li key={caseId}>
                {customer} <small>{reference}</small> <span>{UPDATE_SKIPS[reason][language]}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
};
