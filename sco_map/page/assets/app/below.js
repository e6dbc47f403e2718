// Made from web/ by make web; sources 40ae3f211739e685d099f683c230c2d0aa9baeb3f37c665a4802c1307d07416d
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
