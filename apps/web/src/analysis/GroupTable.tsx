import { MONEY_GROUPS, ROW_DETAILS, type AnalysisGroup, type GroupFigure, type MetricDetail } from '#contracts';
import { Pick } from '../app/Pick.js';
import { useLanguage, useWords, type Translate } from '../i18n/Words.js';
import { isSmall, lookOf } from './figure.rules.js';
import { useFigures } from './useFigures.js';
import panels from '../dashboard/Panels.module.css';
import styles from './Analysis.module.css';

const GROUPS: readonly AnalysisGroup[] = ['day', 'channel', 'queue', 'person', 'tier'];

/** What a group is called. */
const useGroupName = (group: AnalysisGroup): ((of: GroupFigure) => string) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  return ({ key, name }) => {
    if (key === null) return t(`analysis.none.${group}`);
    if (group === 'day')
      return intl.formatDate(`${key}T12:00:00Z`, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
    if (group === 'kind') return ROW_DETAILS[language][key] ?? key;
    if (group === 'channel' || group === 'tier') return named(t, group, key);
    return name ?? '–';
  };
};
const named = (t: Translate, group: 'channel' | 'tier', key: string): string =>
  group === 'tier'
    ? t(key === 'gold' ? 'tier.gold' : key === 'silver' ? 'tier.silver' : 'tier.standard')
    : t(`analysis.channel.${key as 'email'}`);

interface Props {
  detail: MetricDetail;
  group: AnalysisGroup;
  onGroup: (group: AnalysisGroup) => void;
}

/** The same rows put together by days, channels, queues, people or tiers. */
export const GroupTable = ({ detail, group, onGroup }: Props) => {
  const { t, intl } = useWords();
  const { value } = useFigures(detail.currency);
  const nameOf = useGroupName(detail.group);
  const { kind, target } = detail;
  const isSpread = kind === 'duration' || kind === 'mean';
  return (
    <section className={panels.panel} aria-labelledby="analysis-groups">
      <header>
        <h2 id="analysis-groups">{t('analysis.table')}</h2>
        <span className={styles.by}>
          <span aria-hidden>{t('analysis.by')}</span>
          <Pick
            label={t('analysis.by')}
            value={group}
            options={[...(kind === 'money' ? MONEY_GROUPS : []), ...GROUPS].map((value) => ({
              value,
              words: t(`analysis.by.${value}`),
            }))}
            onPick={(to) => onGroup(to ?? group)}
          />
        </span>
      </header>
      <div className={panels.scroll}>
        <table className={panels.table}>
          <thead>
            <tr>
              <th scope="col">{t(`analysis.by.${detail.group}`)}</th>
              <th scope="col">{t(`analysis.value.${kind}`)}</th>
              <th scope="col">{t('analysis.rows')}</th>
              {isSpread ? (
                <>
                  <th scope="col">{t(kind === 'mean' ? 'analysis.median' : 'analysis.average')}</th>
                  <th scope="col">{t('analysis.p90')}</th>
                </>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {detail.groups.map((of) => (
              <tr key={of.key ?? ''}>
                <th scope="row">{nameOf(of)}</th>
                <td>
                  <span className={styles.figure} data-look={lookOf(of.value, kind, target)}>
                    {value(of.value, kind)}
                  </span>
                </td>
                <td>{isSmall(of, kind) ? t('analysis.n', { n: of.n }) : intl.formatNumber(of.n)}</td>
                {isSpread ? (
                  <>
                    <td>{value(kind === 'mean' ? of.median : of.average, kind)}</td>
                    <td>{value(of.p90, kind)}</td>
                  </>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
