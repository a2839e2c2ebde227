export { freePort } from './free-port.ts'
export { HttpAnswer } from './http-answer.ts'
export {
  ANSWER_MS_MAX,
  AnswerLost,
  HttpClient,
  type HttpRequest,
  type Loss,
  type TimedAnswer,
  toRequest,
} from './http-client.ts'
export { ConnectionLost, HttpConnection, type Peer, peerOf } from './http-connection.ts'
export { createRandom, type Random } from './random.ts'
export { resetSocket } from './reset-socket.ts'
export { ServerProcess, type ServerProcessSettings } from './server-process.ts'
export { Line, type LineRules, TcpProxy, type TcpProxySettings } from './tcp-proxy.ts'
