import { Menu } from '@mantine/core';
import { Check, ChevronRight } from 'lucide-react';
import { IMPACT_TRANSITIONS, type CaseDetail, type Impact, type ImpactBody, type ImpactPart } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { moveImpact, reportImpact } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Problems.module.css';

/** Calls fail both ways, or only one. */
const PARTS: (ImpactPart | null)[] = ['out', 'in', null];
const callsOf = (part: ImpactPart | null): ImpactBody => ({ kind: 'calls', ...(part ? { part } : {}) });

/** Something the customer cannot do: how far it is, and of calls, which. */
export const ImpactLine = ({ impact, detail, movable }: { impact: Impact; detail: CaseDetail; movable: boolean }) => {
  const { t } = useWords();
  const { run } = useStoryDeed(detail);
  const kind = t(`impact.${impact.kind}`);
  const state = t(`impacts.state.${impact.state}`);
  return (
    <li className={styles.impact} data-state={impact.state}>
      {impact.state === 'restored' ? <Check size={14} aria-hidden /> : <ImpactGlyph kind={impact.kind} />}
      <span className={styles.statement}>
        {kind}
        {impact.part ? ` (${t(`impacts.part.${impact.part}`)})` : null}
      </span>
      {movable ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <button type="button" className={styles.stage} aria-label={t('impacts.move', { kind, state })}>
              {state} <ChevronRight size={12} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {IMPACT_TRANSITIONS[impact.state].map((to) => (
              <Menu.Item key={to} onClick={() => void run(() => moveImpact(detail.id, impact.id, to))}>
                {t(`impacts.to.${to}`)}
              </Menu.Item>
            ))}
            {impact.kind === 'calls' && impact.state !== 'restored' ? (
              <>
                <Menu.Divider />
                <Menu.Label>{t('impacts.set')}</Menu.Label>
                {PARTS.filter((part) => part !== impact.part).map((part) => (
                  <Menu.Item
                    key={part ?? 'both'}
                    onClick={() => void run(() => reportImpact(detail.id, callsOf(part)))}
                  >
                    {t(`impacts.set.${part ?? 'both'}`)}
                  </Menu.Item>
                ))}
              </>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <span className={styles.stage}>{state}</span>
      )}
    </li>
  );
};
