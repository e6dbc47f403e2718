// Made from web/ by make web; sources 4b5b0220d0bcc644d73129949f2f1e4521b5002d8fe3ca376e94eb622121d39d
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
