import { Link } from '@tanstack/react-router';
import { Check, EqualApproximately, EqualNot, Minus, type LucideIcon } from 'lucide-react';
import type { Comparison } from '#contracts';
import { ChannelGlyph } from '../app/glyphs.js';
import { jumpTo } from '../case/jump.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import styles from './Matching.module.css';

const GLYPHS: Record<Comparison['verdict'], LucideIcon> = {
  same: Check,
  alike: EqualApproximately,
  different: EqualNot,
  unknown: Minus,
};

/** Where the newcomer said it. */
const Said = ({ said }: { said: NonNullable<Comparison['said']> }) => {
  const { t, intl } = useWords();
  return (
    <Link
      to="/cases/$reference"
      params={{ reference: said.caseReference }}
      search={{ view: 'open' }}
      hash={`entry-${said.entryId}`}
      onClick={() => jumpTo(said.entryId)}
      className={styles.said}
    >
      <ChannelGlyph channel={said.channel} size={12} aria-hidden />
      {t('suggestion.said', { time: moment(intl, said.at), channel: t(`channel.${said.channel}.name`) })}
    </Link>
  );
};

interface Props {
  comparisons: Comparison[];
  /** Whose case this stands on: theirs is the first column. */
  hereIs: 'newcomer' | 'known';
  here: string;
  other: string;
}

/** Each attribute of both, side by side: what matches, what differs, and where it was said. */
export const Comparisons = ({ comparisons, hereIs, here, other }: Props) => {
  const { t } = useWords();
  const unknown = <i>{t('suggestion.unknown')}</i>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('suggestion.attribute')}</span>
          </th>
          <th scope="col">{here}</th>
          <th scope="col">{other}</th>
        </tr>
      </thead>
      <tbody>
        {comparisons.map(({ attribute, newcomer, known, verdict, said }, at) => {
          const Glyph = GLYPHS[verdict];
          const cells = {
            newcomer: (
              <td key="newcomer">
                {newcomer ?? unknown}
                {said ? <Said said={said} /> : null}
              </td>
            ),
            known: <td key="known">{known ?? unknown}</td>,
          };
          return (
            // Of one kind there may be several; they never change places.
            <tr key={`${attribute}-${at}`} data-verdict={verdict}>
              <th scope="row">
                <Glyph size={14} aria-label={t(`suggestion.verdict.${verdict}`)} role="img" />{' '}
                {t(`suggestion.attribute.${attribute}`)}
              </th>
              {hereIs === 'newcomer' ? [cells.newcomer, cells.known] : [cells.known, cells.newcomer]}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
