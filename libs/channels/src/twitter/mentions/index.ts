export { EncryptedChats, type EncryptedChat } from './encrypted-chats.js';
export { MentionIntake } from './mention.intake.js';
export { PublicReplies } from './public-replies.js';
export { MentionPoller } from './mention.poller.js';
