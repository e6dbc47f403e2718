// Made from web/ by make web; sources e14deda2dc99ec5df3b6cbf6e2c7c45a6eab2b475ef4e1d6de915ef0d87c3b0c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
