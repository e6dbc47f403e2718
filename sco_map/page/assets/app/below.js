// Made from web/ by make web; sources d7e8c947f88c2c5f1804185200673babc0ae5d7ac9290408f68511ce5dddb0c4
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
