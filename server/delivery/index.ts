export { createDelivery, type Delivery } from './delivery.ts';
export { CANDIDATE_RATES, type CandidateRates } from './rates.ts';
export { DECISION_TYPE, type Decision } from './deciding.ts';
export { DEVICES_PER_ATTEMPT } from './joining.ts';
export { deliveryRoutes } from './routes.ts';
export { answersRoot, receiptCode, RECEIPT_TYPE, type ReceiptClaims } from './receipts.ts';
