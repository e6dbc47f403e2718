// Made from web/ by make web; sources 063dc673a172053bb48dcc38eede464d26603095a203542398485e6ed9687380
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
