export { EncryptedChats, type EncryptedChat } from './encrypted-chats.js';
export { MentionIntake } from './mention.intake.js';
export { MentionPoller } from './mention.poller.js';
