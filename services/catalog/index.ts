export { catalogContract } from './contract.ts';
