// Made from web/ by make web; sources ac873e3c82f2d37f5a28f499ce4564da4572ed7c36c846b3af3914b22c828c06
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
