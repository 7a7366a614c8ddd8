import { Spotlight } from '@mantine/spotlight';
import { MessageSquareText } from 'lucide-react';
import type { SearchHit, SearchKind } from '#contracts';
import { Avatar } from '../app/Avatar.js';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import styles from './Palette.module.css';

const KINDS: SearchKind[] = ['case', 'customer', 'device', 'loaner', 'interaction'];

interface Props {
  hits: readonly SearchHit[];
  /** They answer what was typed before: seen and clicked they are meant, met by the keyboard they are not. */
  stale: boolean;
  onChoose: (hit: SearchHit) => void;
}

/** What was found, by kind; a customer without an open case leads to their page. */
export const Hits = ({ hits, stale, onChoose }: Props) => {
  const { t, intl } = useWords();
  const about = ({ reference, text }: SearchHit): string =>
    [reference === null ? t('palette.no_case') : '', text].filter(Boolean).join(' · ');
  return KINDS.map((kind) => {
    const found = hits.filter((hit) => hit.kind === kind);
    if (found.length === 0) return null;
    return (
      <Spotlight.ActionsGroup key={kind} label={t(`palette.found.${kind}`)}>
        {found.map((hit) => (
          <Spotlight.Action
            key={hit.id}
            leftSection={kind === 'interaction' ? <MessageSquareText size={18} /> : <Avatar name={hit.title} />}
            label={hit.title}
            description={about(hit)}
            rightSection={
              <span className={styles.aside}>
                {hit.reference}
                {kind === 'interaction' && hit.at ? <small>{moment(intl, hit.at)}</small> : null}
              </span>
            }
            disabled={hit.reference === null && hit.kind !== 'customer' && hit.kind !== 'device'}
            data-hit
            closeSpotlightOnTrigger={false}
            onClick={({ detail }) => (stale && detail === 0 ? undefined : onChoose(hit))}
          />
        ))}
      </Spotlight.ActionsGroup>
    );
  });
};
