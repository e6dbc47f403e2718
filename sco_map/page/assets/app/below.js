// Made from web/ by make web; sources 0fc5a1b0f290a03ee18679dfd8dff8266e6cb147ef5b4dc33b2ad49c0f2f07d1
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
