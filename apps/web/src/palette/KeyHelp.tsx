import { Dialog } from '../app/Dialog.js';
import { commandKey } from '../app/keys.js';
import { useWords, type Key } from '../i18n/Words.js';
import styles from './KeyHelp.module.css';

const GROUPS = (command: string): [Key, [string, Key][]][] => [
  [
    'keys.list',
    [
      ['j', 'keys.next'],
      ['k', 'keys.previous'],
      ['↵', 'keys.open'],
      ['u', 'keys.back'],
      ['x', 'keys.choose'],
      ['X', 'keys.choose_range'],
    ],
  ],
  [
    'keys.case',
    [
      ['r', 'keys.reply'],
      ['n', 'keys.note'],
      ['p', 'keys.partner'],
      ['m', 'keys.take'],
      ['a', 'keys.assign'],
      ['s', 'keys.status'],
      ['b', 'keys.fact'],
      ['B', 'keys.handover'],
      ['w', 'keys.redirect'],
      ['l', 'keys.loan'],
      ['g', 'keys.goodwill'],
      ['o', 'keys.repair'],
      ['q', 'keys.quote'],
      ['h', 'keys.handoff'],
      ['.', 'keys.link'],
      [`${command} ↵`, 'keys.send'],
    ],
  ],
  [
    'keys.everywhere',
    [
      [`${command} K`, 'keys.palette'],
      ['t', 'keys.take_next'],
      ['v', 'keys.visit'],
      ['c', 'keys.call'],
      ['i', 'keys.notifications'],
      ['?', 'keys.help'],
    ],
  ],
];

/** Every key there is. */
export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t('keys.title')} size={620} onClose={onClose} classNames={{ title: styles.title }}>
      <p className={styles.lead}>{t('keys.lead')}</p>
      <div className={styles.groups}>
        {GROUPS(commandKey()).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <dl>
              {keys.map(([key, word]) => (
                <div key={key}>
                  <dt>{t(word)}</dt>
                  <dd>
                    <kbd>{key}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
